import * as z from 'zod'
import type { OpsErrorPath } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import { excerpt, type QueryFaults, queryFaults } from './query-fault.ts'
import type { QueryColumn, QueryContext, QueryTable } from './query-table.ts'
import { resolveColumn } from './resolve-column.ts'
import type { SortDirection } from './sort.ts'

/** What rows are grouped by. */
export interface GroupBy {
  /** Key, id or exact name. */
  readonly column: string
  /**
   * Dates and times go together by calendar period in the org's time zone; weeks begin on Monday. Other columns know
   * `value` alone: cells group that are equal. A list groups with equal lists.
   * @default 'value'; 'day' for times
   */
  readonly by?: GroupPeriod | undefined
  /** @default 'asc' */
  readonly dir?: SortDirection | undefined
}

export type GroupPeriod = 'value' | 'day' | 'week' | 'month' | 'quarter' | 'year'

/** How many levels a grouping may have. */
const maxGroupLevels = 3

export const groupBySchema: z.ZodType<readonly GroupBy[], readonly GroupBy[]> = z
  .array(
    z.strictObject({
      column: z.string().min(1).max(300),
      by: z.enum(['value', 'day', 'week', 'month', 'quarter', 'year']).optional(),
      dir: z.enum(['asc', 'desc']).optional(),
    }),
  )
  .min(1, 'Group by at least one column.')
  .max(maxGroupLevels, `Group by at most ${maxGroupLevels} columns.`)

/** One level of a grouping that was found to fit its table. */
export interface GroupLevel {
  readonly column: QueryColumn
  readonly by: GroupPeriod
  readonly dir: SortDirection
  readonly timeZone: string
}

/**
 * Reads a grouping and fits it to a table.
 *
 * @throws OpsError `INVALID_QUERY` with all faults as issues
 */
export function checkGroupBy(
  input: unknown,
  table: QueryTable,
  context: QueryContext,
  at: OpsErrorPath = ['groupBy'],
): readonly [GroupLevel, ...GroupLevel[]] {
  const faults = queryFaults()
  const levels: GroupLevel[] = []
  const parsed = groupBySchema.safeParse(input)
  if (!parsed.success) {
    for (const issue of parsed.error.issues) faults.add([...at, ...(issue.path as OpsErrorPath)], issue.message)
  } else {
    for (const [i, group] of parsed.data.entries()) {
      const level = checkLevel(group, table, context, faults, [...at, i])
      if (level === null) continue
      if (levels.some((other) => other.column.id === level.column.id && other.by === level.by)) {
        faults.add([...at, i, 'column'], say('{column} is grouped by twice.', { column: excerpt(level.column.name) }))
      }
      levels.push(level)
    }
  }
  faults.throwIfAny()
  const [first, ...rest] = levels
  if (first === undefined) throw new TypeError('A grouping without fault has a level')
  return [first, ...rest]
}

function checkLevel(
  group: GroupBy,
  table: QueryTable,
  context: QueryContext,
  faults: QueryFaults,
  at: OpsErrorPath,
): GroupLevel | null {
  const column = resolveColumn(table, group.column)
  if ('fault' in column) {
    faults.add([...at, 'column'], column.fault)
    return null
  }
  const { storage, sort, label } = column.type
  if (storage === 'jsonb' || sort === 'none') {
    faults.add(
      [...at, 'column'],
      say('{column} ({type}) cannot be grouped by.', { column: excerpt(column.name), type: label }),
    )
    return null
  }
  const isTime = storage === 'timestamptz'
  const by = group.by ?? (isTime ? 'day' : 'value')
  if (by === 'value' ? isTime : !isTime && storage !== 'date') {
    const remedy = isTime
      ? say('Group times by day, week, month, quarter or year.')
      : say('Only dates and times group by period.')
    faults.add(
      [...at, 'by'],
      say('{column} ({type}) cannot be grouped by {by}. {~hint}', {
        column: excerpt(column.name),
        type: label,
        by,
        hint: remedy,
      }),
    )
    return null
  }
  return { column, by, dir: group.dir ?? 'asc', timeZone: context.timeZone }
}
