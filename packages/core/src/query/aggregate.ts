import { type RawBuilder, sql } from 'kysely'
import * as z from 'zod'
import { OpsError, type OpsErrorPath } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import { type AggregateId, aggregateIds } from '../values/aggregate.ts'
import { cellRef } from './physical.ts'
import { excerpt, queryFaults } from './query-fault.ts'
import type { QueryColumn, QueryTable } from './query-table.ts'
import { resolveColumn } from './resolve-column.ts'

/** What to say of a column. */
export interface Aggregate {
  /** Key, id or exact name. */
  readonly column: string
  readonly aggregate: AggregateId
}

/** How many aggregates one read may compute. */
const maxAggregates = 400

export const aggregatesSchema: z.ZodType<readonly Aggregate[], readonly Aggregate[]> = z
  .array(z.strictObject({ column: z.string().min(1).max(300), aggregate: z.enum(aggregateIds) }))
  .max(maxAggregates)

export interface CheckedAggregate {
  readonly column: QueryColumn
  readonly aggregate: AggregateId
}

/**
 * Reads a list of aggregates and fits it to a table. `undefined` means none.
 *
 * @throws OpsError `INVALID_QUERY` with all faults as issues
 */
export function checkAggregates(
  input: unknown,
  table: QueryTable,
  at: OpsErrorPath = ['aggregates'],
): readonly CheckedAggregate[] {
  if (input === undefined || input === null) return []
  const faults = queryFaults()
  const parsed = aggregatesSchema.safeParse(input)
  if (!parsed.success) {
    for (const issue of parsed.error.issues) faults.add([...at, ...(issue.path as OpsErrorPath)], issue.message)
  }
  const checked = (parsed.data ?? []).flatMap(({ column: name, aggregate }, i): CheckedAggregate[] => {
    const column = resolveColumn(table, name)
    if ('fault' in column) faults.add([...at, i, 'column'], column.fault)
    else if (!column.type.aggregates.includes(aggregate)) {
      const known = column.type.aggregates.join(', ')
      faults.add(
        [...at, i, 'aggregate'],
        say('{column} has no “{aggregate}”. It has: {names}.', {
          column: excerpt(column.name),
          aggregate,
          names: known,
        }),
      )
    } else return [{ column, aggregate }]
    return []
  })
  faults.throwIfAny()
  return checked
}

/**
 * What an aggregate gives:
 * - counts and shares (0 to 1): a JavaScript number; a share of nothing is null
 * - `sum`, `avg`, `median`, `range`, `min`, `max` of numbers: exact decimal text, trailing zeros cut; null of nothing,
 *   and so is `sum`, since nothing was added up
 * - `min`, `max`, `earliest`, `latest`, `median` of dates and times: stored form, times as ISO 8601 with milliseconds
 * - `range` of dates: whole days; of times: seconds; as decimal text
 * - `distribution`: the {@link distributionLimit} most frequent values with their counts, most frequent first
 */
export type AggregateValue = number | string | null | readonly { readonly value: unknown; readonly count: number }[]

/** How many values a distribution lists. */
export const distributionLimit = 100

/** One aggregate over the rows in reach of the alias `t`; all but `distribution`, which needs a read of its own. */
export function compileAggregate({ column, aggregate }: CheckedAggregate): RawBuilder<unknown> {
  const ref = cellRef(column.values)
  const { storage } = column.type
  switch (aggregate) {
    case 'filled':
      return sql`count(${ref})::float8`
    case 'empty':
      return sql`(count(*) - count(${ref}))::float8`
    case 'filled_share':
      return sql`count(${ref})::float8 / nullif(count(*), 0)`
    case 'empty_share':
      return sql`(count(*) - count(${ref}))::float8 / nullif(count(*), 0)`
    case 'unique':
      // Telling values apart by bytes is many times faster than by a language's order.
      return sql`count(distinct ${storage === 'text' || storage === 'text[]' ? sql`${ref} collate "C"` : ref})::float8`
    case 'checked':
      return sql`(count(*) filter (where ${ref}))::float8`
    case 'unchecked':
      return sql`(count(*) filter (where ${ref} is not true))::float8`
    case 'checked_share':
      return sql`(count(*) filter (where ${ref}))::float8 / nullif(count(*), 0)`
    case 'sum':
      return decimalText(sql`sum(${ref})`)
    case 'avg':
      return decimalText(sql`avg(${ref})`)
    case 'median':
      if (storage !== 'numeric') return asText(sql`percentile_disc(0.5) within group (order by ${ref})`, column)
      // The mean of the two middle values without float8, which percentile_cont would go through.
      return decimalText(
        sql`(percentile_disc(0.5) within group (order by ${ref}) + percentile_disc(0.5) within group (order by ${ref} desc)) * 0.5`,
      )
    case 'min':
    case 'earliest':
      return asText(sql`min(${comparable(column)})`, column)
    case 'max':
    case 'latest':
      return asText(sql`max(${comparable(column)})`, column)
    case 'range':
      if (storage === 'timestamptz') return decimalText(sql`extract(epoch from max(${ref}) - min(${ref}))::numeric`)
      return decimalText(sql`(max(${ref}) - min(${ref}))::numeric`)
    case 'distribution':
      throw new OpsError('INTERNAL', 'A distribution is no plain aggregate.')
    default:
      return aggregate satisfies never
  }
}

function comparable(column: QueryColumn): RawBuilder<unknown> {
  const ref = cellRef(column.values)
  return column.type.storage === 'text' ? sql`${ref} collate "C"` : ref
}

function decimalText(value: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`trim_scale(${value})::text`
}

function asText(value: RawBuilder<unknown>, column: QueryColumn): RawBuilder<unknown> {
  switch (column.type.storage) {
    case 'numeric':
      return decimalText(value)
    case 'timestamptz':
      return sql`to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
    default:
      return sql`(${value})::text`
  }
}
