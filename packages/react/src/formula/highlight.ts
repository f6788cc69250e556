/** A piece of a formula that has one look. */
export interface Piece {
  readonly kind: 'text' | 'number' | 'column' | 'function' | 'word' | 'plain'
  readonly source: string
  /** Where it starts, in UTF-16 units. */
  readonly start: number
}

const words = 'IF|THEN|ELSE|AND|OR|NOT|TRUE|FALSE|BLANK|NULL'

/** In the order in which they are tried; a text may still be open at the end. */
const pattern = new RegExp(
  [
    `(?<text>"(?:[^"]|"")*"?|'(?:[^']|'')*'?)`,
    `(?<column>@\\{(?:[^{}]|\\}\\})*\\}?|@[a-z_][a-z0-9_]*)`,
    `(?<number>\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?)`,
    `(?<function>[a-z][a-z0-9_.]*(?=\\s*\\())`,
    `(?<word>\\b(?:${words})\\b)`,
  ].join('|'),
  'giu',
)

/** A formula in pieces by their look, all of it, in order. What is wrong with it does not matter here. */
export function highlightFormula(source: string): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const match of source.matchAll(pattern)) {
    if (match.index > at) pieces.push({ kind: 'plain', source: source.slice(at, match.index), start: at })
    const [kind = 'plain'] = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined) ?? []
    pieces.push({ kind: kind as Piece['kind'], source: match[0], start: match.index })
    at = match.index + match[0].length
  }
  if (at < source.length) pieces.push({ kind: 'plain', source: source.slice(at), start: at })
  return pieces
}

export interface MarkedPiece extends Piece {
  readonly isFaulty: boolean
}

/** Pieces cut where faults begin and end. A fault that spans nothing marks what stands before it. */
export function markFaults(
  pieces: readonly Piece[],
  faults: readonly { readonly start: number; readonly end: number }[],
): readonly MarkedPiece[] {
  const spans = faults.map(({ start, end }) => ({ start: end > start ? start : Math.max(0, start - 1), end }))
  return pieces.flatMap((piece) => {
    const end = piece.start + piece.source.length
    const cuts = spans.flatMap((span) => [span.start, span.end]).filter((cut) => cut > piece.start && cut < end)
    const edges = [...new Set([piece.start, ...cuts, end])].sort((a, b) => a - b)
    return edges.slice(0, -1).map((start, i): MarkedPiece => {
      const stop = edges[i + 1] ?? end
      const source = piece.source.slice(start - piece.start, stop - piece.start)
      return { ...piece, start, source, isFaulty: spans.some((span) => span.start <= start && stop <= span.end) }
    })
  })
}
