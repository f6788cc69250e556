import { type RawBuilder, sql } from 'kysely'
import { updateColumn } from '../../catalog/columns.repository.ts'
import { claimIndex, deleteIndex, updateIndex } from '../../catalog/indexes.repository.ts'
import type { TableDefinition } from '../../catalog/table-definition.ts'
import { updateTable } from '../../catalog/tables.repository.ts'
import type { OpenDatabase } from '../../db/open-database.ts'
import { quoteIdentifier } from '../../db/quote.ts'
import type { CallOptions } from '../../db/transaction.ts'
import { isOpsError } from '../../errors/ops-error.ts'
import type { OrgSession, Work } from '../org-session.ts'
import { schemaName } from '../physical-names.ts'
import type { ChosenIndex } from './choose-indexes.ts'
import { planSql } from './index-plan.ts'
import { loginStatement } from './login-statement.ts'
import { retryContention, shortLock } from './retry-contention.ts'

export type BuildOutcome =
  | { readonly kind: 'made' }
  | { readonly kind: 'taken' }
  | { readonly kind: 'failed'; readonly why: string }

/**
 * Makes an index without holding up writers (on a server; the embedded database has one session anyway). `taken`:
 * another process makes it, or has made it.
 */
export async function buildIndex(
  session: OrgSession,
  table: TableDefinition,
  index: ChosenIndex,
  trigram: RawBuilder<unknown> | null,
  options: CallOptions,
): Promise<BuildOutcome> {
  const database = await session.database()
  const { name, plan, reasons, wantedAt } = index
  const start = await session.write(options, async (work) => {
    const claimed = await claimIndex(work.tx.db, session.orgId, table.id, {
      name,
      definition: { ...plan },
      reason: reasons.map((reason) => ({ ...reason })),
      at: wantedAt,
    })
    if (!claimed) return null
    const text = sql`${planSql(work.org, table, plan, trigram)}`.compile(work.tx.db).sql
    return { org: work.org, text }
  })
  if (start === null) return { kind: 'taken' }
  const concurrently = database.kind === 'server' ? 'concurrently ' : ''
  try {
    await loginStatement(
      database,
      `create index ${concurrently}if not exists ${quoteIdentifier(name)} ${start.text}`,
      options.signal,
    )
    await markReady(session, table, index, options)
    return { kind: 'made' }
  } catch (error) {
    await removeIndex(session, database, start.org, table, name)
    if (options.signal?.aborted === true || !isOpsError(error)) throw error
    const why =
      error.code === 'TIMEOUT' ? 'It gave way to a change of the table. The next run makes it.' : error.message
    return { kind: 'failed', why }
  }
}

async function markReady(
  session: OrgSession,
  table: TableDefinition,
  { name, plan }: ChosenIndex,
  options: CallOptions,
): Promise<void> {
  const [part] = plan.parts
  if (plan.method !== 'text' || part === undefined) {
    await session.write(options, ({ tx }) => updateIndex(tx.db, session.orgId, table.id, name, { state: 'ready' }))
    return
  }
  await setSearchIndexed(session, table.id, part, true, options, ({ tx }) =>
    updateIndex(tx.db, session.orgId, table.id, name, { state: 'ready' }),
  )
}

/** Reads say `contains` in the form that the index serves, or no longer do. */
export async function setSearchIndexed(
  session: OrgSession,
  tableId: string,
  part: { readonly column: string; readonly name: string },
  searchIndexed: boolean,
  options: CallOptions,
  also: (work: Work) => Promise<void>,
): Promise<void> {
  await retryContention(options, () =>
    session.defineTable(tableId, shortLock(options), async (work) => {
      const column = work.table.columns.find(({ id, number }) => id === part.column && `c${number}` === part.name)
      if (column !== undefined) await updateColumn(work.tx.db, session.orgId, column.id, { searchIndexed })
      await updateTable(work.tx.db, session.orgId, tableId, {})
      await also(work)
    }),
  )
}

/** Drops the physical index, whole or half-made, and what the catalog says of it. Also after an abort. */
export async function removeIndex(
  session: OrgSession,
  database: OpenDatabase,
  org: Work['org'],
  table: TableDefinition,
  name: string,
): Promise<void> {
  const concurrently = database.kind === 'server' ? 'concurrently ' : ''
  const index = `${quoteIdentifier(schemaName(org))}.${quoteIdentifier(name)}`
  await loginStatement(database, `drop index ${concurrently}if exists ${index}`, undefined)
  await session.write({}, ({ tx }) => deleteIndex(tx.db, session.orgId, table.id, name))
}
