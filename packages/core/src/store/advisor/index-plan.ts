import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import * as z from 'zod'
import type { Org } from '../../catalog/orgs.repository.ts'
import type { TableDefinition } from '../../catalog/table-definition.ts'
import { OpsError } from '../../errors/ops-error.ts'
import { foldedStart, longTextCondition } from '../../query/lowered-text.ts'
import { adviceIndexName, physical } from '../physical-names.ts'

const part = z.strictObject({
  /** `col_…`, or the name of a system column. */
  column: z.string(),
  /** Physical column: the values or the sort key. */
  name: z.string().regex(/^(c[1-9]\d{0,3}(_k)?|_created_at|_updated_at|_version)$/),
})

/** An index that the advisor makes. */
export const indexPlanSchema = z.strictObject({
  /**
   * - `order`: btree over `parts` and the row's id, carrying `include` along: sorts, equality, ranges
   * - `list`: GIN over the items of a list
   * - `text`: trigram GIN over the folded start of a text, for `contains`
   * - `long`: the few rows whose text is longer than what `text` covers
   */
  method: z.enum(['order', 'list', 'text', 'long']),
  parts: z.array(part).min(1).max(8).readonly(),
  include: z.array(part).max(8).readonly(),
})

export type IndexPlan = Readonly<z.infer<typeof indexPlanSchema>>
export type IndexPart = Readonly<z.infer<typeof part>>

/** The same name for the same plan, in every process: so that two of them never make one index twice. */
export function planName(table: TableDefinition, { method, parts, include }: IndexPlan): string {
  const names = (list: readonly IndexPart[]): string => list.map(({ name }) => name).join()
  const text = `${method} ${names(parts)} ${names(include)}`
  return adviceIndexName(table, createHash('sha256').update(text).digest('hex').slice(0, 12))
}

/** What follows `create index <name>`. `trigram` names the operator class, with its schema. */
export function planSql(
  org: Org,
  table: TableDefinition,
  plan: IndexPlan,
  trigram: RawBuilder<unknown> | null,
): RawBuilder<unknown> {
  const rows = physical.rows(org, table)
  const [first] = plan.parts
  const cell = sql.id(first?.name ?? '')
  switch (plan.method) {
    case 'order': {
      const include = plan.include.length === 0 ? sql`` : sql` include (${ids(plan.include)})`
      return sql`on ${rows} (${ids(plan.parts)}, _id)${include}`
    }
    case 'list':
      return sql`on ${rows} using gin (${cell})`
    case 'text':
      if (trigram === null) throw new OpsError('INTERNAL', 'A trigram index was planned where there are no trigrams.')
      return sql`on ${rows} using gin ((${foldedStart(cell)}) ${trigram})`
    case 'long':
      return sql`on ${rows} (_id) where ${longTextCondition(cell)}`
    default:
      return plan.method satisfies never
  }
}

function ids(parts: readonly IndexPart[]): RawBuilder<unknown> {
  return sql.join(parts.map(({ name }) => sql.id(name)))
}
