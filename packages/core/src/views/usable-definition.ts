import * as z from 'zod'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import { isOpsError, type OpsErrorPath } from '../errors/ops-error.ts'
import type { Aggregate } from '../query/aggregate.ts'
import { checkFilter } from '../query/check-filter.ts'
import { type CheckedFilter, everyRow } from '../query/checked-filter.ts'
import type { Filter } from '../query/filter.ts'
import { checkGroupBy, type GroupBy } from '../query/group-by.ts'
import { excerpt } from '../query/query-fault.ts'
import type { QueryTable } from '../query/query-table.ts'
import { checkSort, type Sort } from '../query/sort.ts'
import { say } from '../sentences/say.ts'
import type { TableWork } from '../store/org-session.ts'
import { queryTableOf } from '../store/query-table-of.ts'
import { definitionSchema, emptyDefinition, type FormatRule, type ViewDefinition } from './view-definition.ts'
import type { ViewStyle } from './view-style.ts'

/** A part of a stored view that does not fit its table any more and is left out of use. */
export interface ViewIssue {
  /** The part that is left out, by its place in the definition: `['filter', 'and', 1]`. */
  readonly path: OpsErrorPath
  /** Why, for people. */
  readonly message: string
}

/** A view as it can be used now. */
export interface UsableView {
  readonly filter: CheckedFilter
  readonly sorts: readonly Sort[]
  readonly groupBy: readonly GroupBy[]
  /** Visible columns in the view's order. */
  readonly columns: readonly ColumnDefinition[]
  readonly summaries: readonly Aggregate[]
  readonly formats: readonly UsableFormat[]
  readonly issues: readonly ViewIssue[]
}

export interface UsableFormat {
  readonly filter: CheckedFilter
  /** null for the whole row. */
  readonly column: ColumnDefinition | null
  readonly style: ViewStyle
}

/** What the catalog keeps, whatever version of opslayer wrote it. */
export function storedDefinition(stored: unknown): ViewDefinition {
  const read = definitionSchema.safeParse(stored)
  if (!read.success) return emptyDefinition
  const members = Object.entries(read.data).filter(([, value]) => value !== undefined)
  return { ...emptyDefinition, ...Object.fromEntries(members) }
}

/**
 * Fits a stored view to its table as it is now. Conditions, sorts and the like on columns that were deleted or retyped
 * are left out and named; they are back when the column is.
 */
export function usableDefinition(definition: ViewDefinition, work: TableWork): UsableView {
  const table = queryTableOf(work)
  const issues: ViewIssue[] = []
  const { context } = work

  /** The result, or null and an issue. */
  function attempt<T>(path: OpsErrorPath, check: () => T): T | null {
    try {
      return check()
    } catch (error) {
      if (!isOpsError(error)) throw error
      issues.push({ path, message: error.message })
      return null
    }
  }

  function usableFilter(filter: Filter | null, path: OpsErrorPath): CheckedFilter | null {
    if (filter === null) return null
    try {
      return checkFilter(filter, table, context, path)
    } catch (error) {
      if (!isOpsError(error)) throw error
    }
    const rest = withoutBroken(
      filter,
      path,
      (leaf, at) => attempt(at, () => checkFilter(leaf, table, context, at)) !== null,
    )
    return rest === null ? null : checkFilter(rest, table, context, path)
  }

  const columns = usableColumns(definition, table, work, issues)
  return {
    filter: usableFilter(definition.filter, ['filter']) ?? everyRow(table, context),
    sorts: definition.sorts.filter((sort, i) => attempt(['sorts', i], () => checkSort([sort], table)) !== null),
    groupBy: definition.groupBy.filter(
      (group, i) => attempt(['groupBy', i], () => checkGroupBy([group], table, context)) !== null,
    ),
    columns: columns.visible,
    summaries: columns.summaries,
    formats: definition.formats.flatMap((rule, i): UsableFormat[] => {
      const column = formatColumn(rule, work, ['formats', i], issues)
      const filter = usableFilter(rule.filter, ['formats', i, 'filter'])
      return column === undefined || filter === null ? [] : [{ filter, column, style: rule.style }]
    }),
    issues,
  }
}

/** Leaves out what `isWhole` refuses; a group of which nothing stays is left out too, an empty one stays. */
function withoutBroken(
  filter: Filter,
  path: OpsErrorPath,
  isWhole: (leaf: Filter, path: OpsErrorPath) => boolean,
): Filter | null {
  if ('not' in filter) {
    const inner = withoutBroken(filter.not, [...path, 'not'], isWhole)
    return inner === null ? null : { not: inner }
  }
  if (!('and' in filter) && !('or' in filter)) return isWhole(filter, path) ? filter : null
  const kind = 'and' in filter ? 'and' : 'or'
  const all = 'and' in filter ? filter.and : filter.or
  const kept = all.flatMap((part, i) => withoutBroken(part, [...path, kind, i], isWhole) ?? [])
  if (kept.length === 0 && all.length > 0) return null
  return kind === 'and' ? { and: kept } : { or: kept }
}

function usableColumns(
  { columns }: ViewDefinition,
  table: QueryTable,
  work: TableWork,
  issues: ViewIssue[],
): { visible: ColumnDefinition[]; summaries: Aggregate[] } {
  const live = new Map(work.table.columns.map((column) => [column.id, column]))
  const visible: ColumnDefinition[] = []
  const summaries: Aggregate[] = []
  for (const [i, entry] of columns.entries()) {
    const column = live.get(entry.column)
    if (column === undefined) {
      issues.push({ path: ['columns', i], message: goneMessage(table) })
      continue
    }
    live.delete(column.id)
    if (entry.visible ?? !column.hidden) visible.push(column)
    const { summary } = entry
    if (summary === undefined || summary === null) continue
    if (column.columnType.aggregates.includes(summary)) summaries.push({ column: column.id, aggregate: summary })
    else issues.push({ path: ['columns', i, 'summary'], message: `${excerpt(column.name)} has no “${summary}”.` })
  }
  return { visible: [...visible, ...[...live.values()].filter(({ hidden }) => !hidden)], summaries }
}

/** undefined for a column that is gone. */
function formatColumn(
  { target }: FormatRule,
  work: TableWork,
  path: OpsErrorPath,
  issues: ViewIssue[],
): ColumnDefinition | null | undefined {
  if (target === 'row') return null
  const column = work.table.columns.find(({ id }) => id === target.column)
  if (column === undefined) issues.push({ path, message: goneMessage(queryTableOf(work)) })
  return column
}

function goneMessage(table: QueryTable): string {
  return say('The column is no longer in {table}. It comes back when the column is restored.', {
    table: excerpt(table.name),
  })
}

/** Ids of views: `viw_…`, and `all` for the one that every table has. */
export const viewIdSchema = z.string().regex(/^(viw_[a-z0-9]{16}|all)$/)
