import type { TableDefinition } from '../../catalog/table-definition.ts'
import type { CallOptions } from '../../db/transaction.ts'
import type { OrgSession } from '../org-session.ts'
import { advise } from './advice.ts'
import { flushSamples } from './flush-samples.ts'
import type { IndexPlan } from './index-plan.ts'
import { maxReasons, reasonText } from './reason-text.ts'

/** What serves which columns, in words of the table. */
export interface IndexDescription {
  /** Physical name in the org's schema. */
  readonly name: string
  /**
   * `order`: sorts, equality and ranges; `list`: items of lists; `text`: contains; `long`: the few texts longer than
   * what `text` covers.
   */
  readonly method: IndexPlan['method']
  /** Keys of the columns, or names of system columns, in the order of the index; the row's id comes last of itself. */
  readonly columns: readonly string[]
  /** Columns that the index carries along, so that rows need not be visited. */
  readonly include: readonly string[]
  /** Sentences: the views and reads that it is for. */
  readonly reasons: readonly string[]
}

export interface PresentIndex extends IndexDescription {
  readonly state: 'building' | 'ready' | 'broken'
  readonly bytes: number
  /** How often PostgreSQL used it since its statistics were last reset. */
  readonly scans: number
  /** ISO 8601. */
  readonly createdAt: string
  /** ISO 8601: 30 days after this it is dropped. */
  readonly lastWantedAt: string
}

/** What the index advisor thinks of a table. */
export interface TableAdvice {
  readonly tableId: string
  /** Estimated beyond 5,000. */
  readonly rows: number
  /** The table with its indexes. */
  readonly bytes: number
  readonly indexes: readonly PresentIndex[]
  /** Text columns whose order is kept in a column of its own. */
  readonly sortKeys: readonly { readonly column: string; readonly state: 'filling' | 'ready' }[]
  /** What the next run would make. */
  readonly proposals: readonly IndexDescription[]
  /** Names of indexes that the next run would drop. */
  readonly unwanted: readonly string[]
  /** What was asked for and gets no index, and why. `column` is empty where it concerns the whole table. */
  readonly refused: readonly { readonly column: string; readonly why: string }[]
}

/** Says what the advisor made of a table and why, and what its next run would do. */
export async function explainAdvice(
  session: OrgSession,
  tableId: string,
  options: CallOptions = {},
): Promise<TableAdvice> {
  await flushSamples(session, options)
  return await session.readTable(tableId, options, async (work) => {
    const { table } = work
    const advice = await advise(work)
    return {
      tableId: table.id,
      rows: advice.facts.rows,
      bytes: advice.facts.bytes,
      indexes: advice.present.flatMap(({ record, plan, valid, underWay, bytes, scans }): PresentIndex[] => {
        if (plan === null) return []
        return [
          {
            ...described(table, record.name, plan),
            reasons: Array.isArray(record.reason) ? record.reason.slice(0, maxReasons).map(reasonText) : [],
            state: underWay ? 'building' : valid ? 'ready' : 'broken',
            bytes,
            scans,
            createdAt: record.created_at,
            lastWantedAt: record.last_wanted_at,
          },
        ]
      }),
      sortKeys: table.columns
        .filter(({ sortKeyed }) => sortKeyed)
        .map(({ key, sortKeyReady }) => ({ column: key, state: sortKeyReady ? 'ready' : 'filling' })),
      proposals: advice.make.map(({ name, plan, reasons }) => ({
        ...described(table, name, plan),
        reasons: reasons.map((reason) => reasonText({ ...reason })),
      })),
      unwanted: advice.drop.map(({ record }) => record.name),
      refused: advice.refused.map(({ column, why }) => ({ column: nameOf(table, column), why })),
    }
  })
}

function described(
  table: TableDefinition,
  name: string,
  { method, parts, include }: IndexPlan,
): Omit<IndexDescription, 'reasons'> {
  const names = (list: IndexPlan['parts']): string[] => list.map(({ column }) => nameOf(table, column))
  return { name, method, columns: names(parts), include: names(include) }
}

/** The key of a column; system columns and deleted ones go by their id. */
function nameOf(table: TableDefinition, columnId: string): string {
  return table.columns.find(({ id }) => id === columnId)?.key ?? columnId
}
