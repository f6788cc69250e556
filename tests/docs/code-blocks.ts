/** A block of TypeScript in a Markdown file. */
export interface CodeBlock {
  /** Line of its first line of code, from 1. */
  readonly line: number
  readonly code: string
  /** Everything runs that is not marked ```` ```ts no-run ````. */
  readonly runs: boolean
}

/** The blocks fenced as `ts`, in order. */
export function codeBlocks(markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = []
  let open: { line: number; lines: string[]; runs: boolean } | undefined
  for (const [place, line] of markdown.split('\n').entries()) {
    if (open === undefined) {
      const fence = /^```ts( no-run)?$/.exec(line)
      if (fence !== null) open = { line: place + 2, lines: [], runs: fence[1] === undefined }
    } else if (line === '```') {
      blocks.push({ line: open.line, code: open.lines.join('\n'), runs: open.runs })
      open = undefined
    } else open.lines.push(line)
  }
  return blocks
}
