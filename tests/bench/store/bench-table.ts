import { createOps, type Ops, type OpsOptions, type OrgOps } from '@opslayer/core'
import type { Client } from 'pg'
import { type Lead, leadColumns, leads } from './data-set.ts'
import { createIdealTable, fillFrom, idealSchema, physicalTable } from './ideal-table.ts'

/** The org that every part of the benchmark works in. */
export const orgId = 'acme'

/** A migrated opslayer and the org's face. */
export interface BenchOps extends AsyncDisposable {
  readonly ops: Ops
  readonly acme: OrgOps
}

export async function openBenchOps(database: OpsOptions['database']): Promise<BenchOps> {
  const ops = createOps({ database })
  await ops.migrate()
  const acme = ops.forOrg({ orgId, actor: { type: 'user', id: 'bench' } })
  return { ops, acme, [Symbol.asyncDispose]: ops.close }
}

export async function createLeads(acme: OrgOps, name: string): Promise<string> {
  const { id } = await acme.tables.create({ name, columns: leadColumns })
  return id
}

export function* asInputs(rows: Iterable<Lead>): Generator<{ cells: Lead }> {
  for (const cells of rows) yield { cells }
}

/** Tables beside the one that is measured: a database holds more than one. */
export async function createOtherTables(acme: OrgOps, count: number, rowsEach: number): Promise<void> {
  for (let place = 0; place < count; place += 1) {
    const tableId = await createLeads(acme, `Other ${place}`)
    await acme.rows.load(tableId, asInputs(leads(rowsEach, place + 2)))
  }
}

/** The measured table and its hand-made twin with the same rows. */
export interface BenchTable {
  readonly tableId: string
  /** Quoted name of the physical table. */
  readonly physical: string
  /** Quoted name of the twin, its only index the primary key. */
  readonly ideal: string
  readonly firstId: number
  readonly lastId: number
}

export async function createTwins(client: Client, acme: OrgOps, rows: number): Promise<BenchTable> {
  const tableId = await createLeads(acme, 'Leads')
  await acme.rows.load(tableId, asInputs(leads(rows)))
  const physical = await physicalTable(client, orgId, tableId)
  await createIdealTable(client, 'leads')
  await fillFrom(client, 'leads', physical)
  const ideal = `${idealSchema}.leads`
  await client.query(`vacuum analyze ${physical}`)
  await client.query(`vacuum analyze ${ideal}`)
  const { rows: ends } = await client.query(`select min(id)::int as first, max(id)::int as last from ${ideal}`)
  return { tableId, physical, ideal, firstId: ends[0].first, lastId: ends[0].last }
}
