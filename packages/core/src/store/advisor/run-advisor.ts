import type { RawBuilder } from 'kysely'
import * as z from 'zod'
import { updateIndex } from '../../catalog/indexes.repository.ts'
import { deleteOldQuerySamples } from '../../catalog/query-samples.repository.ts'
import { listTables } from '../../catalog/tables.repository.ts'
import type { OpenDatabase } from '../../db/open-database.ts'
import { quoteIdentifier } from '../../db/quote.ts'
import type { CallOptions } from '../../db/transaction.ts'
import { checkInput } from '../../errors/check-input.ts'
import { isOpsError } from '../../errors/ops-error.ts'
import type { OrgSession, TableWork } from '../org-session.ts'
import { rowsName, schemaName } from '../physical-names.ts'
import { type Advice, advise } from './advice.ts'
import { buildIndex, removeIndex, setSearchIndexed } from './build-index.ts'
import type { ChosenIndex } from './choose-indexes.ts'
import { dropSortKeys, fillSortKeys } from './fill-sort-keys.ts'
import { flushSamples } from './flush-samples.ts'
import type { IndexState } from './index-state.ts'
import { loginStatement } from './login-statement.ts'
import { minRowsForIndexes } from './table-facts.ts'
import { findTrigram } from './trigram.ts'
import { unwantedAfterMs } from './want.ts'

export interface AdvisorOptions extends CallOptions {
  /** @default all tables of the org */
  readonly tableId?: string | undefined
}

/** What the advisor did for one table. */
export interface AdvisorReport {
  readonly tableId: string
  /** Names of the indexes, as `explain` has them. */
  readonly made: readonly string[]
  readonly dropped: readonly string[]
  /** Wanted, but not made this time. */
  readonly failed: readonly { readonly name: string; readonly why: string }[]
  /** Ids of columns that got a sort key. */
  readonly keysFilled: readonly string[]
  /** Whether the table was vacuumed, so that reads by index need not visit its rows. */
  readonly vacuumed: boolean
}

const tableIdSchema = z.string().max(100).optional()

/**
 * Makes the indexes and sort keys that views and reads ask for and drops those that nobody asked for in 30 days. Others
 * read and write meanwhile. Ends when the signal aborts; what was finished stays, the rest is done by the next run.
 */
export async function runAdvisor(session: OrgSession, options: AdvisorOptions = {}): Promise<readonly AdvisorReport[]> {
  const tableId = checkInput(tableIdSchema, options.tableId, ['tableId'])
  const calls: CallOptions = { signal: options.signal, timeoutMs: options.timeoutMs }
  await flushSamples(session, calls)
  const tableIds = tableId === undefined ? await allTables(session, calls) : [tableId]
  const reports: AdvisorReport[] = []
  for (const id of tableIds) {
    const report = await adviseTable(session, id, calls).catch((error: unknown) => {
      // A table of the list may have been deleted meanwhile.
      if (tableId === undefined && isOpsError(error, 'NOT_FOUND')) return null
      throw error
    })
    if (report !== null) reports.push(report)
  }
  await session.write(calls, ({ tx, context }) =>
    deleteOldQuerySamples(tx.db, session.orgId, new Date(context.now.getTime() - unwantedAfterMs)),
  )
  return reports
}

async function allTables(session: OrgSession, calls: CallOptions): Promise<readonly string[]> {
  const ids: string[] = []
  for (let after = 0; ; ) {
    const page = await session.read(calls, ({ tx, types }) =>
      listTables(tx.db, types, session.orgId, { deleted: 'live', after, limit: 200 }),
    )
    ids.push(...page.map(({ id }) => id))
    if (page.length < 200) return ids
    after = page.at(-1)?.number ?? 0
  }
}

async function adviseTable(session: OrgSession, tableId: string, calls: CallOptions): Promise<AdvisorReport> {
  const database = await session.database()
  const maintain = (command: 'vacuum (analyze)' | 'analyze'): Promise<boolean> =>
    maintainTable(session, database, tableId, command, calls)
  let advice = await session.readTable(tableId, calls, advise)
  const large = advice.facts.rows >= minRowsForIndexes
  if (large && !advice.facts.analyzed && advice.make.length > 0) {
    await maintain('analyze')
    advice = await session.readTable(tableId, calls, advise)
  }
  if (advice.keysToFill.length > 0) {
    await fillSortKeys(session, tableId, advice.keysToFill, {
      ...calls,
      pause: async () => void (await maintain('vacuum (analyze)')),
    })
  }
  for (const state of advice.drop) await dropIndex(session, database, tableId, state, calls)
  const built = await buildAll(session, database, tableId, advice.make, calls)
  if (advice.keysToDrop.length > 0) await dropSortKeys(session, tableId, advice.keysToDrop, calls)
  await noteWanted(session, tableId, advice, calls)
  const changed = built.made.length > 0 || advice.keysToFill.length > 0
  // Without any index of ours too: the rows' own order, in which grids jump about, is read by the index of the ids.
  const needsVacuum = changed || (large && advice.facts.allVisible < 0.9)
  const vacuumed = needsVacuum && (await maintain('vacuum (analyze)'))
  return {
    tableId,
    ...built,
    dropped: advice.drop.map(({ record }) => record.name),
    keysFilled: advice.keysToFill,
    vacuumed,
  }
}

/** Returns false if it gave way to a change of the table. */
async function maintainTable(
  session: OrgSession,
  database: OpenDatabase,
  tableId: string,
  command: 'vacuum (analyze)' | 'analyze',
  calls: CallOptions,
): Promise<boolean> {
  const name = await session.readTable(tableId, calls, async ({ org, table }) => relation(org, table))
  try {
    await loginStatement(database, `${command} ${name}`, calls.signal)
    return true
  } catch (error) {
    if (isOpsError(error, 'TIMEOUT')) return false
    throw error
  }
}

async function buildAll(
  session: OrgSession,
  database: OpenDatabase,
  tableId: string,
  indexes: readonly ChosenIndex[],
  calls: CallOptions,
): Promise<Pick<AdvisorReport, 'made' | 'failed'>> {
  const made: string[] = []
  const failed: { name: string; why: string }[] = []
  const needsTrigram = indexes.some(({ plan }) => plan.method === 'text')
  const trigram = needsTrigram ? await findTrigram(database) : { missing: '' }
  for (const index of indexes) {
    const isText = index.plan.method === 'text' || index.plan.method === 'long'
    if (isText && 'missing' in trigram) {
      if (index.plan.method === 'text') failed.push({ name: index.name, why: trigram.missing })
      continue
    }
    const operators: RawBuilder<unknown> | null = 'operators' in trigram ? trigram.operators : null
    const table = await session.readTable(tableId, calls, async (work) => work.table)
    const outcome = await buildIndex(session, table, index, operators, calls)
    if (outcome.kind === 'made') made.push(index.name)
    if (outcome.kind === 'failed') failed.push({ name: index.name, why: outcome.why })
  }
  return { made, failed }
}

async function dropIndex(
  session: OrgSession,
  database: OpenDatabase,
  tableId: string,
  { record, plan }: IndexState,
  calls: CallOptions,
): Promise<void> {
  const [part] = plan?.parts ?? []
  if (plan?.method === 'text' && part !== undefined) {
    await setSearchIndexed(session, tableId, part, false, calls, async () => {})
  }
  const found = await session.readTable(tableId, calls, async ({ org, table }) => ({ org, table }))
  await removeIndex(session, database, found.org, found.table, record.name)
}

async function noteWanted(session: OrgSession, tableId: string, advice: Advice, calls: CallOptions): Promise<void> {
  if (advice.keep.length === 0) return
  await session.write(calls, async ({ tx }) => {
    for (const { name, wantedAt, reasons } of advice.keep) {
      const reason = reasons.map((each) => ({ ...each }))
      await updateIndex(tx.db, session.orgId, tableId, name, { wantedAt, reason })
    }
  })
}

function relation(org: TableWork['org'], table: TableWork['table']): string {
  return `${quoteIdentifier(schemaName(org))}.${quoteIdentifier(rowsName(table))}`
}
