import { inspect, styleText } from 'node:util'
import { displayWidth } from './display-width.ts'
import { type TextColumn, textTable } from './text-table.ts'

/** What the demo tells on standard output; coloured on a terminal unless `NO_COLOR` says no. */
export interface Report {
  line(text?: string): void
  note(text: string): void
  heading(title: string, time?: string): void
  /** A line that the next one replaces; on a terminal only. */
  progress(text: string): void
  /** Tells of a piece of work: what it is, how long it took, and the call that did it. */
  step<T>(title: string, call: string, work: () => Promise<T>): Promise<T>
  table(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): void
}

const widestLine = 100
const eraseLine = '\r\u001b[2K'

export function openReport(output: NodeJS.WriteStream): Report {
  const width = Math.max(40, Math.min(widestLine, output.columns ?? widestLine))
  const style = (format: Parameters<typeof styleText>[0], text: string): string =>
    styleText(format, text, { stream: output })
  const line = (text = ''): void => {
    output.write(`${text}\n`)
  }
  const heading = (title: string, time = ''): void => {
    const rule = '─'.repeat(Math.max(2, width - displayWidth(title) - time.length - (time === '' ? 1 : 2)))
    if (output.isTTY) output.write(eraseLine)
    line(`\n${style('bold', title)} ${style('dim', rule)} ${style('green', time)}`.trimEnd())
  }
  return {
    line,
    note: (text) => line(style('dim', text)),
    heading,
    progress: (text) => {
      if (output.isTTY) output.write(`${eraseLine}${style('dim', text)}`)
    },
    step: async (title, call, work) => {
      const started = performance.now()
      const result = await work()
      heading(title, milliseconds(performance.now() - started))
      line(style('cyan', call))
      return result
    },
    table: (columns, rows) => {
      const [head = '', rule = '', ...body] = textTable(columns, rows, width)
      line(style('bold', head))
      line(style('dim', rule))
      for (const text of body) line(text)
    },
  }
}

/** `3.2 ms`, `41 ms`, `1,204 ms`. */
export function milliseconds(time: number): string {
  return `${time < 10 ? time.toFixed(1) : count(Math.round(time))} ms`
}

/** `5,000` */
export function count(number: number): string {
  return number.toLocaleString('en-US')
}

/** A value as it stands in code. */
export function code(value: unknown): string {
  return inspect(value, { depth: 10, breakLength: 80, maxArrayLength: 6, maxStringLength: 60 })
}
