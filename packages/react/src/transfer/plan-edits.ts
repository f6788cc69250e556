import type {
  FileColumn,
  ImportPlan,
  ImportProposal,
  ImportSettings,
  PlannedTarget,
} from '../data/client/imports-calls.ts'
import type { TableColumn } from '../data/client/tables-calls.ts'

/** Where a column of the file goes, as a choice: nowhere, a new column, or the id of one that is there. */
export type ColumnTarget = 'leave' | 'new' | { readonly columnId: string }

/** Where a column goes by the plan. */
export function targetOf(plan: ImportPlan, index: number): ColumnTarget {
  const planned = plan.columns.find((column) => column.index === index)
  if (planned === undefined) return 'leave'
  return planned.to.kind === 'new' ? 'new' : { columnId: planned.to.column }
}

/** The plan with a column of the file going elsewhere; one that took the place before is left out. */
export function withTarget(plan: ImportPlan, column: FileColumn, target: ColumnTarget): ImportPlan {
  const others = plan.columns.filter(({ index, to }) => {
    if (index === column.index) return false
    return !(typeof target === 'object' && to.kind === 'existing' && to.column === target.columnId)
  })
  if (target === 'leave') return { ...plan, columns: others }
  const to: PlannedTarget =
    target === 'new'
      ? { kind: 'new', name: nameOf(column), type: column.type, settings: column.settings }
      : { kind: 'existing', column: target.columnId }
  const { index, header, facts } = column
  return { ...plan, columns: [...others, { index, header, to, facts }].sort((a, b) => a.index - b.index) }
}

/** The plan with a new column for each column of the file that it leaves out. */
export function withAllColumns(plan: ImportPlan, columns: readonly FileColumn[]): ImportPlan {
  return columns
    .filter(({ index }) => targetOf(plan, index) === 'leave')
    .reduce((next, column) => withTarget(next, column, 'new'), plan)
}

/** The plan with another name or type of a column that is to be made. */
export function withNewColumn(
  plan: ImportPlan,
  index: number,
  changes: { readonly name?: string; readonly type?: string },
): ImportPlan {
  return {
    ...plan,
    columns: plan.columns.map((column) => {
      if (column.index !== index || column.to.kind !== 'new') return column
      const { settings, ...to } = column.to
      const keepsSettings = changes.type === undefined || changes.type === to.type
      return { ...column, to: { ...to, ...changes, ...(keepsSettings && { settings }) } }
    }),
  }
}

function nameOf({ header, index }: FileColumn): string {
  return header.trim().slice(0, 100) || `Column ${index + 1}`
}

/** Columns of the table by which rows can be matched: those that the file fills. */
export function matchableColumns(plan: ImportPlan, columns: readonly TableColumn[]): readonly TableColumn[] {
  const filled = new Set(plan.columns.flatMap(({ to }) => (to.kind === 'existing' ? [to.column] : [])))
  return columns.filter(({ id, key }) => filled.has(id) || filled.has(key))
}

/** Settings whose parts go together: rows are matched by columns, or not at all. */
export function withMode(
  settings: ImportSettings,
  mode: ImportSettings['mode'],
  first: string | undefined,
): ImportSettings {
  if (mode === 'create') return { ...settings, mode, match: [] }
  const match = settings.match.length > 0 ? settings.match : first === undefined ? [] : [first]
  return {
    ...settings,
    mode,
    match,
    duplicates: mode === 'skip' && settings.duplicates === 'last' ? 'first' : settings.duplicates,
  }
}

/** Columns of the file that the plan leaves out. */
export function leftOut({ columns }: ImportProposal, plan: ImportPlan): readonly FileColumn[] {
  return columns.filter(({ index }) => targetOf(plan, index) === 'leave')
}
