/** How commands say what they found. */
export interface Output {
  /** JSON if asked for, or else a table of the rows: `columns` are their members in order. */
  table<Row extends object>(rows: readonly Row[], columns: readonly (keyof Row & string)[]): void
  /** JSON if asked for, or else a sentence. */
  say(sentence: string, facts: object): void
  /** What to do next, for people only. */
  hint(sentence: string): void
}

export function createOutput(isJson: () => boolean, print: (text: string) => void): Output {
  return {
    table: (rows, columns) => {
      if (isJson()) return print(`${JSON.stringify(rows, null, 2)}\n`)
      const texts = rows.map((row) => columns.map((column) => onOneLine(row[column])))
      const widths = columns.map((column, at) =>
        Math.max(column.length, ...texts.map((cells) => cells[at]?.length ?? 0)),
      )
      const line = (cells: readonly string[]): string =>
        cells
          .map((cell, at) => cell.padEnd(widths[at] ?? 0))
          .join('  ')
          .trimEnd()
      for (const cells of [columns, ...texts]) print(`${line(cells)}\n`)
    },
    say: (sentence, facts) => print(isJson() ? `${JSON.stringify(facts, null, 2)}\n` : `${sentence}\n`),
    hint: (sentence) => {
      if (!isJson()) print(`\n${sentence}\n`)
    },
  }
}

/** Names are people's: nothing in them moves the cursor or looks like another row. */
function onOneLine(value: unknown): string {
  return String(value ?? '').replace(/\p{Cc}+/gu, ' ')
}
