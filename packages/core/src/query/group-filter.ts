import type { OpsErrorPath } from '../errors/ops-error.ts'
import type { CheckedFilter } from './checked-filter.ts'
import type { GroupLevel } from './group-by.ts'
import { checkGroupKey } from './group-key.ts'
import { queryFault } from './query-fault.ts'
import type { QueryContext, QueryTable } from './query-table.ts'

/**
 * The rows of a group as a filter, for pages, windows and bulk work within it. `path` holds the keys of the group and
 * of those around it, outermost first; the empty path is every row.
 *
 * @example
 * const rows = selectWindow({ filter: allOf(filter, groupFilter(levels, ['won', '2026-11-01'], table, context)), … })
 *
 * @throws OpsError `INVALID_QUERY` if the path is too long or a key is none of its level
 */
export function groupFilter(
  levels: readonly GroupLevel[],
  path: readonly unknown[],
  table: QueryTable,
  context: QueryContext,
  at: OpsErrorPath = ['path'],
): CheckedFilter {
  const of = path.map((key, i) => {
    const level = levels[i]
    if (level === undefined) throw queryFault(at, `There are ${levels.length} levels of groups, not ${path.length}.`)
    return { kind: 'group', level, key: checkGroupKey(level, key, [...at, i]) } as const
  })
  return { table, context, root: { kind: 'and', of } }
}
