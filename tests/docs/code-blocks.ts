/** A block of TypeScript in a Markdown file; `tsx` is for browsers. */
export interface CodeBlock {
  /** Line of its first line of code, from 1. */
  readonly line: number
  readonly code: string
  readonly language: 'ts' | 'tsx'
  /** Everything runs that is not marked ```` ```ts no-run ````, and is not for browsers. */
  readonly runs: boolean
}

/** The blocks fenced as `ts` and `tsx`, in order. */
export function codeBlocks(markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = []
  let open: { line: number; lines: string[]; language: 'ts' | 'tsx'; runs: boolean } | undefined
  for (const [place, line] of markdown.split('\n').entries()) {
    if (open === undefined) {
      const fence = /^```(?:ts( no-run)?|tsx)$/.exec(line)
      if (fence === null) continue
      const language = line === '```tsx' ? 'tsx' : 'ts'
      open = { line: place + 2, lines: [], language, runs: language === 'ts' && fence[1] === undefined }
    } else if (line === '```') {
      const { lines, ...rest } = open
      blocks.push({ ...rest, code: lines.join('\n') })
      open = undefined
    } else open.lines.push(line)
  }
  return blocks
}
