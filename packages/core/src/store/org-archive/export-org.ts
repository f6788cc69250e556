import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { sql } from 'kysely'
import { readOrgRows } from '../../catalog/org-rows.repository.ts'
import { orgTableNames, orgTables } from '../../catalog/org-tables.ts'
import { findOrg, type Org } from '../../catalog/orgs.repository.ts'
import { catalogMigrations } from '../../db/migrations/catalog-migrations.ts'
import type { OpenDatabase } from '../../db/open-database.ts'
import { tenantRole } from '../../db/roles.ts'
import { type CallOptions, one, type Transaction } from '../../db/transaction.ts'
import { orgSequences, physical } from '../physical-names.ts'
import { checkLive, orgNotFound } from '../present-org.ts'
import { type ArchiveFile, createArchiveFile } from './archive-file.ts'
import { type ArchivedRelation, archiveVersion } from './archive-format.ts'
import { listRelations, relationKeys, relationName } from './archived-relations.ts'

export interface ExportOptions extends CallOptions {
  /** Whether the bytes are gzipped; the import takes both. @default true */
  readonly gzip?: boolean | undefined
}

/** Definitions of one line, rows of one statement. */
const definitionsAtOnce = 100
const rowsAtOnce = 5_000

/** A statement's rows are to take about this much memory, whatever the rows hold. */
const statementBytes = 4 * 1024 * 1024

/** On the embedded database the limit is that of the whole snapshot. */
const exportTimeoutMs = 600_000

/**
 * The org as bytes. One snapshot of it goes to a temporary file first, so that the transaction is over before the
 * reader takes the first byte, however slow it is and whatever else it does with the database.
 *
 * @throws OpsError `NOT_FOUND`, `ORG_UNAVAILABLE`
 */
export async function* exportOrg(
  database: OpenDatabase,
  orgId: string,
  now: Date,
  { gzip = true, timeoutMs = exportTimeoutMs, signal }: ExportOptions = {},
): AsyncGenerator<Uint8Array> {
  const directory = await mkdtemp(join(tmpdir(), 'opslayer-export-'))
  try {
    const path = join(directory, 'archive.gz')
    const scope = { kind: 'org', orgId, actor: 'system:opslayer' } as const
    const file = createArchiveFile(path)
    try {
      await database.transaction({ scope, mode: 'read', timeoutMs, signal }, (tx) =>
        writeArchive(database, tx, orgId, now, file),
      )
    } finally {
      await file.close()
    }
    const stored = createReadStream(path, { signal })
    for await (const chunk of gzip ? stored : stored.pipe(createGunzip())) {
      signal?.throwIfAborted()
      yield chunk
    }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

async function writeArchive(
  database: OpenDatabase,
  tx: Transaction,
  orgId: string,
  now: Date,
  file: ArchiveFile,
): Promise<void> {
  const org = await findOrg(tx.db, orgId)
  if (org === undefined) throw orgNotFound(orgId)
  checkLive(org.state)
  if (org.ownRole) await tx.setRole(tenantRole(database.roles, org.shortId))
  await file.line({
    archive: 'opslayer-org',
    version: archiveVersion,
    orgId,
    exportedAt: now.toISOString(),
    catalogVersion: catalogMigrations.length,
    schemaVersion: org.schemaVersion,
  })
  await writeDefinitions(database, tx, orgId, file)
  for (const sequence of orgSequences) {
    const { last, called } = one(
      await tx.all(
        sql<{
          last: string
          called: boolean
        }>`select last_value as last, is_called as called from ${physical.sequence(org, sequence)}`,
      ),
    )
    await file.line({ sequence, last, called })
  }
  for (const relation of await listRelations(tx, org)) {
    await file.line(relation)
    await writeRows(tx, org, relation, file)
  }
  await file.end()
}

async function writeDefinitions(
  database: OpenDatabase,
  tx: Transaction,
  orgId: string,
  file: ArchiveFile,
): Promise<void> {
  for (const table of orgTableNames.filter((name) => orgTables[name].archived)) {
    for (let after: Awaited<ReturnType<typeof readOrgRows>>[number] | undefined; ; ) {
      const rows = await readOrgRows(tx.db, database.schema, orgId, table, after, definitionsAtOnce)
      if (rows.length > 0) await file.line({ catalog: table, rows })
      if (rows.length < definitionsAtOnce) break
      after = rows.at(-1)
    }
  }
}

/** Reads in the order of the key, so many rows a statement that its result stays small. */
async function writeRows(tx: Transaction, org: Org, relation: ArchivedRelation, file: ArchiveFile): Promise<void> {
  const names = sql.join(relation.columns.map(([name]) => sql.id(name)))
  const key = sql.join(relationKeys[relation.relation].map((name) => sql.id(name)))
  let limit = 500
  let beyond = sql`true`
  for (;;) {
    const source = sql`(select ${names} from ${relationName(org, relation)} where ${beyond} order by ${key} limit ${sql.lit(limit)})`
    const { rows, bytes, last } = await file.data(tx.copyOut(source))
    if (rows < limit) return
    const seen = last.split('\t', relationKeys[relation.relation].length)
    beyond = sql`(${key}) > (${sql.join(seen.map((value) => sql.lit(BigInt(value))))})`
    limit = Math.max(1, Math.min(rowsAtOnce, limit * 2, Math.floor((statementBytes / bytes) * rows)))
  }
}
