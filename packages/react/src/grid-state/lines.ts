import type { Json } from '@opslayer/core/values'
import type { AggregateResult } from './aggregate-result.ts'
import { lastAtMost } from './last-at-most.ts'
import type { RowSpan } from './row-span.ts'

/** A group of rows with one value in the column grouped by. */
export interface RowGroup {
  /** Keys from the outermost group to this one. */
  readonly path: readonly Json[]
  /** Column grouped by at this level. */
  readonly columnKey: string
  /** The period that dates go together by; their key is its first day. @default 'value': equal cells */
  readonly by?: 'value' | 'day' | 'week' | 'month' | 'quarter' | 'year' | undefined
  /** Rows in it, at all levels below. */
  readonly count: number
  /** Results by column key. */
  readonly aggregates?: Readonly<Record<string, AggregateResult>> | undefined
}

/** What stands in one line of the grid. */
export type Line =
  | { readonly kind: 'row'; readonly row: number }
  | { readonly kind: 'group'; readonly group: RowGroup; readonly id: string; readonly isCollapsed: boolean }

/** The lines of the grid from top to bottom: rows, and the headings of groups between them. */
export interface Lines {
  readonly count: number
  readonly hasGroups: boolean
  at(line: number): Line | undefined
  /** The line that a row stands in, or that of the collapsed group that hides it. */
  lineOfRow(row: number): number
  /** The row of a line, or the first one below a heading. */
  rowAtOrAfter(line: number): number
  /** The rows that stand in lines `first` to `last`, leaving out those that collapsed groups hide. */
  rowSpans(first: number, last: number): readonly RowSpan[]
}

/** Names a group, to remember which are collapsed. */
export function groupId(path: readonly Json[]): string {
  return JSON.stringify(path)
}

/** Lays rows and groups out; costs nothing per row. */
export function makeLines(
  rowCount: number,
  groups: readonly RowGroup[] | undefined,
  collapsed: ReadonlySet<string>,
): Lines {
  if (groups === undefined || groups.length === 0) {
    return {
      count: rowCount,
      hasGroups: false,
      at: (line) => (line >= 0 && line < rowCount ? { kind: 'row', row: line } : undefined),
      lineOfRow: (row) => row,
      rowAtOrAfter: (line) => Math.min(line, rowCount),
      rowSpans(first, last) {
        const span = { first: Math.max(0, first), last: Math.min(rowCount - 1, last) }
        return span.first > span.last ? [] : [span]
      },
    }
  }
  return groupedLines(groups, collapsed)
}

/** A run of lines: one heading, then the rows directly below it. */
interface Section {
  readonly group: RowGroup
  readonly id: string
  readonly isCollapsed: boolean
  readonly line: number
  /** First row in it. */
  readonly row: number
  /** Rows shown directly below the heading. */
  readonly shown: number
}

function groupedLines(groups: readonly RowGroup[], collapsed: ReadonlySet<string>): Lines {
  const deepest = Math.max(...groups.map((group) => group.path.length))
  const sections: Section[] = []
  let line = 0
  let row = 0
  let hiddenBelow: number | null = null
  for (const group of groups) {
    const depth = group.path.length
    if (hiddenBelow !== null && depth > hiddenBelow) continue
    const id = groupId(group.path)
    const isCollapsed = collapsed.has(id)
    hiddenBelow = isCollapsed ? depth : null
    const shown = isCollapsed || depth < deepest ? 0 : group.count
    sections.push({ group, id, isCollapsed, line, row, shown })
    line += 1 + shown
    if (isCollapsed || depth === deepest) row += group.count
  }
  const count = line

  const starts = { line: sections.map((section) => section.line), row: sections.map((section) => section.row) }
  const sectionAt = (key: 'line' | 'row', value: number) => sections[lastAtMost(starts[key], value)]
  return {
    count,
    hasGroups: true,
    at: (at) => {
      const section = at < 0 || at >= count ? undefined : sectionAt('line', at)
      if (section === undefined) return undefined
      return at === section.line
        ? { kind: 'group', group: section.group, id: section.id, isCollapsed: section.isCollapsed }
        : { kind: 'row', row: section.row + at - section.line - 1 }
    },
    lineOfRow: (at) => {
      const section = sectionAt('row', at)
      if (section === undefined) return 0
      return section.shown === 0 ? section.line : section.line + 1 + at - section.row
    },
    rowAtOrAfter: (at) => {
      const section = sectionAt('line', at)
      return section === undefined ? 0 : section.row + Math.max(0, Math.min(at - section.line - 1, section.shown))
    },
    rowSpans(first, last) {
      const spans: RowSpan[] = []
      for (let i = lastAtMost(starts.line, first); i < sections.length; i++) {
        const { line, row, shown } = sections[i] as Section
        if (line > last) break
        const span = { first: row + Math.max(0, first - line - 1), last: row + Math.min(shown, last - line) - 1 }
        if (span.first <= span.last) spans.push(span)
      }
      return spans
    },
  }
}
