import { isDeepStrictEqual } from 'node:util'
import { checkInput } from '../errors/check-input.ts'
import { OpsError, type OpsErrorPath } from '../errors/ops-error.ts'
import { canonicalFilter, columnId } from '../query/canonical-filter.ts'
import { checkFilter } from '../query/check-filter.ts'
import type { Filter } from '../query/filter.ts'
import { checkGroupBy } from '../query/group-by.ts'
import { excerpt, queryFaults } from '../query/query-fault.ts'
import type { QueryTable } from '../query/query-table.ts'
import { resolveColumn } from '../query/resolve-column.ts'
import { checkSort } from '../query/sort.ts'
import { say } from '../sentences/say.ts'
import type { TableWork } from '../store/org-session.ts'
import { queryTableOf } from '../store/query-table-of.ts'
import { seenDefinition } from './seen-definition.ts'
import {
  definitionSchema,
  type FormatRule,
  maxDefinitionBytes,
  type ViewColumn,
  type ViewDefinition,
  type ViewDefinitionInput,
} from './view-definition.ts'

/**
 * Fits a definition to its table and puts it over the stored one. Members that are left out, or that are given as they
 * are stored, stay as they are, also where they do not fit any more. The same goes for members given as their actor sees
 * them: what is kept from them stays.
 *
 * @param at where the definition lies in the call's input
 * @throws OpsError `INVALID_INPUT`, `INVALID_QUERY` with the place of each fault, `LIMIT_EXCEEDED`
 */
export function checkDefinition(
  input: unknown,
  stored: ViewDefinition,
  work: TableWork,
  at: 'definition' | 'view' = 'definition',
): ViewDefinition {
  const given: ViewDefinitionInput = checkInput(definitionSchema, input, [at])
  const table = queryTableOf(work)
  const seen = seenDefinition(stored, work)
  const checked = {
    ...stored,
    ...(isNew('filter') && { filter: checkedFilter(given.filter ?? null, table, work, [at, 'filter']) }),
    ...(isNew('sorts') && { sorts: checkedSorts(given.sorts ?? [], table, [at, 'sorts']) }),
    ...(isNew('groupBy') && { groupBy: checkedGroups(given.groupBy ?? [], table, work, [at, 'groupBy']) }),
    ...(isNew('columns') && { columns: checkedColumns(given.columns ?? [], table, [at, 'columns']) }),
    ...(isNew('formats') && { formats: checkedFormats(given.formats ?? [], table, work, [at, 'formats']) }),
    ...(given.pinned !== undefined && { pinned: given.pinned }),
    ...(given.rowHeight !== undefined && { rowHeight: given.rowHeight }),
  }
  if (Buffer.byteLength(JSON.stringify(checked)) > maxDefinitionBytes) {
    throw new OpsError(
      'LIMIT_EXCEEDED',
      say('A view’s definition takes at most {#count} KB as JSON.', { count: maxDefinitionBytes / 1000 }),
      {
        path: [at],
      },
    )
  }
  return checked

  function isNew(member: keyof ViewDefinition): boolean {
    const value = given[member]
    return value !== undefined && ![stored, seen].some((known) => isDeepStrictEqual(value, known[member]))
  }
}

function checkedFilter(filter: Filter | null, table: QueryTable, work: TableWork, path: OpsErrorPath): Filter | null {
  checkFilter(filter, table, work.context, path)
  return filter === null ? null : canonicalFilter(filter, table, work.context)
}

function checkedSorts(sorts: ViewDefinition['sorts'], table: QueryTable, at: OpsErrorPath): ViewDefinition['sorts'] {
  checkSort(sorts, table, at)
  return sorts.map((sort) => ({ ...sort, column: columnId(table, sort.column) }))
}

function checkedGroups(
  groups: ViewDefinition['groupBy'],
  table: QueryTable,
  work: TableWork,
  at: OpsErrorPath,
): ViewDefinition['groupBy'] {
  if (groups.length === 0) return []
  checkGroupBy(groups, table, work.context, at)
  return groups.map((group) => ({ ...group, column: columnId(table, group.column) }))
}

function checkedColumns(columns: readonly ViewColumn[], table: QueryTable, at: OpsErrorPath): readonly ViewColumn[] {
  const faults = queryFaults()
  const seen = new Set<string>()
  const checked = columns.map((entry, place) => {
    const path = [...at, place]
    const column = resolveColumn(table, entry.column)
    if ('fault' in column) {
      faults.add([...path, 'column'], column.fault)
      return entry
    }
    if (column.number === null)
      faults.add([...path, 'column'], say('{column} is a system column.', { column: excerpt(column.name) }))
    if (seen.has(column.id))
      faults.add([...path, 'column'], say('{column} is listed twice.', { column: excerpt(column.name) }))
    seen.add(column.id)
    const { summary } = entry
    if (summary !== undefined && summary !== null && !column.type.aggregates.includes(summary)) {
      const known = column.type.aggregates.join(', ')
      faults.add(
        [...path, 'summary'],
        say('{column} has no “{aggregate}”. It has: {names}.', {
          column: excerpt(column.name),
          aggregate: summary,
          names: known,
        }),
      )
    }
    return { ...entry, column: column.id }
  })
  faults.throwIfAny()
  return checked
}

function checkedFormats(
  rules: readonly FormatRule[],
  table: QueryTable,
  work: TableWork,
  at: OpsErrorPath,
): readonly FormatRule[] {
  return rules.map(({ filter, target, style }, place) => {
    const path = [...at, place]
    const checked = checkedFilter(filter, table, work, [...path, 'filter'])
    if (target === 'row') return { filter: checked ?? filter, target, style }
    const column = resolveColumn(table, target.column)
    const faults = queryFaults()
    if ('fault' in column) faults.add([...path, 'target', 'column'], column.fault)
    else if (column.number === null) {
      faults.add([...path, 'target', 'column'], say('{column} is a system column.', { column: excerpt(column.name) }))
    }
    faults.throwIfAny()
    return { filter: checked ?? filter, target: { column: columnId(table, target.column) }, style }
  })
}
