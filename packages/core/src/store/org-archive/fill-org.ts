import { sql } from 'kysely'
import type { ColumnTypes } from '../../catalog/column-types.ts'
import { archivedColumns, insertOrgRows } from '../../catalog/org-rows.repository.ts'
import { type OrgTable, orgTables } from '../../catalog/org-tables.ts'
import type { Org } from '../../catalog/orgs.repository.ts'
import { copyBatches } from '../../db/embedded/copy-batches.ts'
import type { OpenDatabase } from '../../db/open-database.ts'
import { physical } from '../physical-names.ts'
import { createExternalIndex, createPlacesIndex, createUniqueIndex } from '../table-ddl.ts'
import { type ArchivedRelation, type ArchiveLine, damaged } from './archive-format.ts'
import { type ArchivedDefinitions, checkDefinitions, emptyDefinitions } from './archived-definitions.ts'
import { copyTarget, makeRelation, relationName } from './archived-relations.ts'
import type { ImportResult, ImportStep } from './import-org.ts'

/** Bytes of one transaction: about 0.2 s of COPY. */
const batchBytes = 4 * 1024 * 1024

/** Writes what the lines hold, each step in a short transaction. */
export async function fillOrg(
  database: OpenDatabase,
  org: Org,
  lines: AsyncGenerator<ArchiveLine>,
  types: ColumnTypes,
  step: ImportStep,
): Promise<ImportResult> {
  const definitions = emptyDefinitions()
  let rows = 0
  let next = await lines.next()
  while (next.done !== true) {
    const line = next.value
    if ('relation' in line) {
      if (line.table !== null && ![...definitions.tables.values()].includes(line.table)) {
        throw damaged('it has rows of a table that it does not define')
      }
      await step((tx) => makeRelation(tx, org, line))
      const loaded = await copyRelation(org, line, lines, step)
      if (line.relation === 'rows') {
        rows += loaded.rows
        await makeIndexes(org, line, definitions, step)
      }
      next = loaded.next
      continue
    }
    if ('catalog' in line) {
      const table = archivedTable(line.catalog)
      checkDefinitions(table, line.rows, types, definitions)
      await step(async (tx) => {
        const known = await archivedColumns(tx.db, database.schema, table)
        for (const name of Object.keys(line.rows[0] ?? {})) {
          if (!known.has(name)) throw damaged(`it has a "${name.slice(0, 60)}" that is not known`)
        }
        await insertOrgRows(tx.db, database.schema, org.orgId, table, line.rows)
      })
    } else if ('sequence' in line) {
      const { sequence, last, called } = line
      await step((tx) =>
        tx.run(sql`select setval(${physical.sequenceName(org, sequence)}, ${last}::bigint, ${called})`),
      )
    } else throw damaged('data belongs to no relation')
    next = await lines.next()
  }
  return { tables: definitions.tables.size, rows }
}

function archivedTable(name: string): OrgTable {
  const isKnown = (text: string): text is OrgTable => Object.hasOwn(orgTables, text)
  if (isKnown(name) && orgTables[name].archived) return name
  throw damaged('it has definitions of a kind that is not known')
}

/** Copies the data lines that follow; gives the first line that is none. */
async function copyRelation(
  org: Org,
  relation: ArchivedRelation,
  lines: AsyncGenerator<ArchiveLine>,
  step: ImportStep,
): Promise<{ rows: number; next: IteratorResult<ArchiveLine> }> {
  let next = await lines.next()
  async function* data(): AsyncGenerator<Uint8Array> {
    for (; next.done !== true && 'data' in next.value; next = await lines.next()) yield Buffer.from(next.value.data)
  }
  let rows = 0
  for await (const batch of copyBatches(data(), batchBytes)) {
    rows += await step((tx) => tx.copyIn(copyTarget(org, relation), [batch]))
  }
  // Nobody else does on the embedded database.
  if (rows > 0) await step((tx) => tx.run(sql`analyze ${relationName(org, relation)}`))
  return { rows, next }
}

/** After the rows, which is faster and tells whether the archive keeps its own rules. */
async function makeIndexes(
  org: Org,
  { table }: ArchivedRelation,
  definitions: ArchivedDefinitions,
  step: ImportStep,
): Promise<void> {
  if (table !== null && definitions.external.has(table)) {
    await step((tx) => createExternalIndex(tx, org, { number: table }))
  }
  if (table !== null && definitions.placed.has(table)) {
    await step((tx) => createPlacesIndex(tx, org, { number: table }))
  }
  for (const column of definitions.unique) {
    if (column.table !== table) continue
    await step((tx) => createUniqueIndex(tx, org, { number: column.table }, { ...column, unique: true }))
  }
}
