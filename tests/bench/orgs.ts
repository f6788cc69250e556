/** `pnpm bench:orgs [--orgs=1000] [--check]`: many orgs in one database, each with five tables. */
import { readFileSync } from 'node:fs'
import { createOps, type Ops, type OrgOps } from '@opslayer/core'
import { Client, Pool } from 'pg'
import { startServer } from '../databases/start-server.ts'
import { withClient } from '../databases/with-client.ts'
import { createBench } from './harness.ts'

const asked = process.argv.find((arg) => arg.startsWith('--orgs='))?.slice('--orgs='.length)
const orgs = Number(asked ?? 1_000)
const tablesPerOrg = 5
const rowsPerTable = 20

const bench = createBench('orgs')

interface Place {
  readonly orgId: string
  readonly tableId: string
}

const columns = [
  { name: 'Name', type: 'text' },
  { name: 'Email', type: 'email' },
  { name: 'Score', type: 'number' },
  { name: 'Stage', type: 'text' },
  { name: 'Website', type: 'url' },
  { name: 'Signed at', type: 'datetime' },
  { name: 'Customer', type: 'checkbox' },
  { name: 'Notes', type: 'long_text' },
] as const

function open(ops: Ops, orgId: string): OrgOps {
  return ops.forOrg({ orgId, actor: { type: 'user', id: 'bench' } })
}

/** The org, its schema and its tables: what a new customer waits for. */
async function provision(ops: Ops, orgId: string): Promise<string[]> {
  const org = open(ops, orgId)
  const ids: string[] = []
  for (let n = 1; n <= tablesPerOrg; n += 1) ids.push((await org.tables.create({ name: `Table ${n}`, columns })).id)
  return ids
}

/** What cannot be saved: a schema and five such tables with their two indexes, made by hand in one transaction. */
async function provisionBare(client: Client, schema: string): Promise<void> {
  await client.query('begin')
  await client.query(`create schema ${schema}; create sequence ${schema}.row_ids`)
  for (let n = 1; n <= tablesPerOrg; n += 1) {
    await client.query(`
      create table ${schema}.t${n} (_id bigint primary key default nextval('${schema}.row_ids'), _position numeric not null,
        _version int not null default 1, _created_at timestamptz not null default now(), _created_by text not null,
        _updated_at timestamptz not null default now(), _updated_by text not null, _external_key text, _source jsonb,
        c1 text, c2 text, c3 numeric, c4 text, c5 text, c6 timestamptz, c7 boolean, c8 text)`)
  }
  await client.query('commit')
}

async function makeOrgs(ops: Ops, client: Client): Promise<Place[]> {
  const places: Place[] = []
  const samples: number[] = []
  const limit: number[] = []
  for (let n = 0; n < orgs; n += 1) {
    const orgId = `org${n}`
    const start = performance.now()
    const ids = await provision(ops, orgId)
    samples.push(performance.now() - start)
    const bareStart = performance.now()
    await provisionBare(client, `bare${n}`)
    limit.push(performance.now() - bareStart)
    for (const tableId of ids) {
      places.push({ orgId, tableId })
      const cells = Array.from({ length: rowsPerTable }, (_, row) => ({
        cells: {
          name: `Name ${row}`,
          email: `a${row}@example.com`,
          score: bench.random.below(1_000),
          customer: row % 2 === 0,
        },
      }))
      await open(ops, orgId).rows.insert(tableId, cells)
    }
  }
  bench.record('provision an org with five tables', 'ms', samples, limit)
  return places
}

/**
 * Memory of its own that the pool's one backend has in use, in KB: what the operating system counts, or on other
 * systems than Linux what PostgreSQL has reserved, which is more.
 */
async function backendMemory(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ pid: number; kb: number }>(
    'select pg_backend_pid() as pid, sum(total_bytes)::float8 / 1024 as kb from pg_backend_memory_contexts',
  )
  const [row] = rows
  if (row === undefined || process.platform !== 'linux') return row?.kb ?? 0
  return Number(/^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${row.pid}/status`, 'utf8'))?.[1])
}

/** Reads the first page of every table over one connection, as a process does that serves them all. */
async function measureFirstPages(url: string, places: readonly Place[]): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 1 })
  const limit = new Client({ connectionString: url })
  await limit.connect()
  try {
    await using ops = createOps({ database: pool })
    const [warm] = places
    if (warm === undefined) return
    await open(ops, warm.orgId).rows.page(warm.tableId)
    const before = await backendMemory(pool)
    const first: number[] = []
    for (const { orgId, tableId } of places) {
      const start = performance.now()
      await open(ops, orgId).rows.page(tableId)
      first.push(performance.now() - start)
    }
    const after = await backendMemory(pool)
    bench.record('backend memory per table touched', 'KB', [(after - before) / places.length])
    const again: number[] = []
    for (const { orgId, tableId } of places.slice(0, 500)) {
      const start = performance.now()
      await open(ops, orgId).rows.page(tableId)
      again.push(performance.now() - start)
    }
    const cold = await barePages(limit)
    const known = await barePages(limit)
    bench.record('first page, table new to its connection', 'ms', first, cold)
    bench.record('first page, table known to its connection', 'ms', again, known)
  } finally {
    await limit.end()
    await pool.end()
  }
}

/** The same pages as plain SQL in a transaction, over one bare connection. */
async function barePages(client: Client): Promise<number[]> {
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
     where schemaname like 'ops\\_%' and tablename ~ '^t[0-9]+$' order by md5(schemaname || tablename) limit 500`,
  )
  const samples: number[] = []
  for (const { name } of rows) {
    const start = performance.now()
    await client.query('begin')
    await client.query(`select * from ${name} order by _position, _id limit 101`)
    await client.query('commit')
    samples.push(performance.now() - start)
  }
  return samples
}

{
  await using server = await startServer({ version: 18, durable: true })
  await using ops = createOps({ database: server.url })
  await ops.migrate()
  const places = await withClient(server.url, (client) => makeOrgs(ops, client))
  await measureFirstPages(server.url, places)
  const erased: number[] = []
  for (let n = 0; n < Math.min(orgs, 30); n += 1) {
    const start = performance.now()
    await ops.eraseOrg(`org${n}`)
    erased.push(performance.now() - start)
  }
  bench.record('erase an org with five tables', 'ms', erased)
}
bench.finish()
