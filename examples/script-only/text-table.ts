import { displayWidth, fitText } from './display-width.ts'

export interface TextColumn {
  readonly title: string
  readonly align?: 'left' | 'right'
}

const gap = '  '
/** Columns are made no narrower than this to make room for others, */
const narrowest = 10
/** and no wider than this. */
const widest = 60

/** Lines of an aligned table, at most `width` wide. Columns that find no room are left out and counted below. */
export function textTable(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  width: number,
): string[] {
  const wanted = columns.map(({ title }, place) => {
    const natural = Math.max(displayWidth(title), ...rows.map((row) => displayWidth(row[place] ?? '')))
    return Math.min(widest, natural)
  })
  const widths = shrinkTo(width, wanted)
  const line = (cells: readonly string[]): string =>
    widths
      .map((room, place) => fitText(cells[place] ?? '', room, columns[place]?.align))
      .join(gap)
      .trimEnd()
  const left = columns.length - widths.length
  return [
    line(columns.map(({ title }) => title)),
    widths.map((room) => '─'.repeat(room)).join(gap),
    ...rows.map(line),
    ...(left > 0 ? [`… and ${left} more ${left === 1 ? 'column' : 'columns'}`] : []),
  ]
}

/** Takes room from the widest column, then leaves columns out from the right. */
function shrinkTo(width: number, wanted: readonly number[]): number[] {
  const widths = [...wanted]
  const total = (): number => widths.reduce((sum, each) => sum + each, 0) + gap.length * (widths.length - 1)
  while (total() > width) {
    const most = Math.max(...widths)
    if (most > narrowest) widths[widths.indexOf(most)] = most - 1
    else if (widths.length > 1) widths.pop()
    else return [Math.max(1, width)]
  }
  // What leaving columns out set free goes back to those that were cut.
  for (let place = 0; total() < width && place < widths.length; place += 1) {
    widths[place] = Math.min(wanted[place] ?? 0, (widths[place] ?? 0) + width - total())
  }
  return widths
}
