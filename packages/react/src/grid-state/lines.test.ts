import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupId, makeLines, type RowGroup } from './lines.ts'

const group = (path: readonly string[], count: number): RowGroup => ({ path, count, columnKey: `level${path.length}` })

/** The same, row by row: slow and plain. */
function spelledOut(groups: readonly RowGroup[], collapsed: ReadonlySet<string>): string[] {
  const deepest = Math.max(...groups.map(({ path }) => path.length))
  const lines: string[] = []
  let row = 0
  for (const { path, count } of groups) {
    const isHidden = path.some((_, depth) => depth > 0 && collapsed.has(groupId(path.slice(0, depth))))
    if (!isHidden) lines.push(`group ${path.join('/')}`)
    if (path.length < deepest) continue
    const isShown = !isHidden && !collapsed.has(groupId(path))
    for (let i = 0; i < count; i++, row++) if (isShown) lines.push(`row ${row}`)
  }
  return lines
}

function read(lines: ReturnType<typeof makeLines>): string[] {
  return Array.from({ length: lines.count }, (_, i) => {
    const line = lines.at(i)
    return line?.kind === 'row' ? `row ${line.row}` : `group ${line?.group.path.join('/')}`
  })
}

describe('makeLines', () => {
  it('shows rows one to one without groups', () => {
    const lines = makeLines(3, undefined, new Set())
    expect(read(lines)).toEqual(['row 0', 'row 1', 'row 2'])
    expect(lines.at(3)).toBeUndefined()
    expect(lines.at(-1)).toBeUndefined()
  })

  it('puts a heading above the rows of each group', () => {
    const lines = makeLines(3, [group(['a'], 2), group(['b'], 1)], new Set())
    expect(read(lines)).toEqual(['group a', 'row 0', 'row 1', 'group b', 'row 2'])
    expect(lines.lineOfRow(2)).toBe(4)
    expect(lines.rowAtOrAfter(3)).toBe(2)
  })

  it('hides the rows of a collapsed group and finds its heading for them', () => {
    const lines = makeLines(3, [group(['a'], 2), group(['b'], 1)], new Set([groupId(['a'])]))
    expect(read(lines)).toEqual(['group a', 'group b', 'row 2'])
    expect(lines.lineOfRow(1)).toBe(0)
  })

  it('agrees with spelling everything out, for two levels and any collapse', () => {
    const trees = fc.array(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 5,
    })
    fc.assert(
      fc.property(trees, fc.integer({ min: 0, max: 0xffff }), (tree, bits) => {
        const groups = tree.flatMap((children, i) => [
          group(
            [`g${i}`],
            children.reduce((sum, count) => sum + count, 0),
          ),
          ...children.map((count, j) => group([`g${i}`, `h${j}`], count)),
        ])
        const collapsed = new Set(groups.filter((_, i) => (bits >> (i % 16)) & 1).map(({ path }) => groupId(path)))
        const lines = makeLines(0, groups, collapsed)
        const expected = spelledOut(groups, collapsed)
        expect(read(lines)).toEqual(expected)
        expected.forEach((text, line) => {
          if (text.startsWith('row ')) expect(lines.lineOfRow(Number(text.slice(4)))).toBe(line)
        })
      }),
    )
  })
})
