import { createHash } from 'node:crypto'
import type { Ops, OrgOps } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeDatabases, describeServers } from '../databases/describe-databases.ts'
import { withClient } from '../databases/with-client.ts'
import { consentPlugin, offlinePlugin } from './testing/offline-plugin.ts'
import { openOps } from './testing/open-ops.ts'
import { rawQuery } from './testing/raw-query.ts'
import { type Ids, methodsOf, type TenancyCase, tenancyCases } from './testing/tenancy-cases.ts'

const withPlugins = {
  plugins: [offlinePlugin, consentPlugin],
  encryptionKeys: [{ id: 'k1', key: Buffer.alloc(32, 1).toString('base64') }],
  publicUrl: 'https://app.example.com/ops',
}
const actor = { type: 'user', id: 'u1' } as const
const secret = 'SECRET of the other org'

interface World {
  readonly ops: Ops
  readonly org: OrgOps
  readonly own: Ids
  readonly sibling: Ids
  readonly foreign: Ids
}

async function makeWorld(ops: Ops): Promise<World> {
  const org = ops.forOrg({ orgId: 'acme', actor })
  // The other org's row ids lie far beyond those of this one.
  const foreign = await makeTable(ops.forOrg({ orgId: 'other', actor }), secret, 700)
  return { ops, org, own: await makeTable(org, 'own', 5), sibling: await makeTable(org, 'sibling', 5), foreign }
}

async function makeTable(org: OrgOps, name: string, rows: number): Promise<Ids> {
  const made = await org.tables.create({
    name,
    columns: [
      { name: 'Name', type: 'text' },
      { name: `Only ${name}`, type: 'text' },
    ],
  })
  const inserted = await org.rows.insert(
    made.id,
    Array.from({ length: rows }, (_, n) => ({ externalKey: `k${n}`, cells: { name: `${name} ${n}` } })),
  )
  const view = await org.views.create(made.id, { name, kind: 'shared' })
  await org.rows.delete(
    made.id,
    inserted.rows.slice(0, 2).map(({ id }) => id),
  )
  const page = await org.rows.page(made.id, { limit: 1 })
  const other = await org.tables.create({ name: `${name} too`, columns: [{ name: 'Name', type: 'text' }] })
  // No JSON: it fails, and may be resumed, paused, cancelled.
  const failed = await org.imports.start(Buffer.from(name), {
    format: { kind: 'json-array' },
    target: { kind: 'existing', tableId: made.id },
    columns: [{ index: 0, header: '', to: { kind: 'existing', column: 'name' } }],
  })
  await org.runs.wait(failed.id)
  const connection = await org.connections.connect({ plugin: 'offline', name, credentials: { key: `${name} key` } })
  const feed = await org.sources.create(made.id, {
    plugin: 'offline',
    part: 'nothing',
    connectionId: connection.id,
    name,
    columns: { name: 'name' },
  })
  const what = { kind: 'sync', feedId: feed.id }
  const schedule = await org.schedules.create({ name, cron: '0 6 * * *', what })
  return {
    table: made.id,
    column: made.columns[1]?.id ?? '',
    row: inserted.rows.at(-1)?.id ?? '',
    view: view.id,
    operation: inserted.operation ?? '',
    connection: connection.id,
    run: failed.id,
    feed: feed.id,
    schedule: schedule.id,
    other: other.id,
    cursors: {
      rows: page.nextCursor ?? '',
      deleted: (await org.rows.deleted(made.id, { limit: 1 })).nextCursor ?? '',
      views: (await org.views.list(made.id, { limit: 1 })).nextCursor ?? '',
      list: '1',
      changes: await org.changes.end(),
    },
  }
}

const absent: Omit<Ids, 'cursors'> = {
  table: 'tbl_zzzzzzzzzzzzzzzz',
  column: 'col_zzzzzzzzzzzzzzzz',
  row: '987654321',
  view: 'viw_zzzzzzzzzzzzzzzz',
  operation: 'op_zzzzzzzzzzzzzzzzz',
  connection: 'con_zzzzzzzzzzzzzzzz',
  run: 'run_zzzzzzzzzzzzzzzzz',
  feed: 'fed_zzzzzzzzzzzzzzzz',
  schedule: 'sch_zzzzzzzzzzzzzzzz',
  other: 'tbl_zzzzzzzzzzzzzzzz',
}

const garbage = [
  '',
  '__proto__',
  'constructor',
  "'; drop schema opslayer cascade; --",
  'x'.repeat(10_000),
  '\0',
  '\ud800',
  '99999999999999999999',
  '-1',
  '../../etc/passwd',
] as const

/** What a call came to, with the ids it was given taken out. */
async function outcomeOf(work: () => unknown, ids: Partial<Ids>): Promise<string> {
  const found = await new Promise((resolve) => resolve(work())).then(
    (value) => ({ value }),
    (error) => ({ code: error.code ?? String(error), message: error.message, path: error.path, issues: error.issues }),
  )
  let text = JSON.stringify(found) ?? 'undefined'
  const longestFirst = Object.entries(ids).sort(([, a], [, b]) => String(b).length - String(a).length)
  for (const [name, id] of longestFirst) {
    if (typeof id === 'string' && id !== '') text = text.replaceAll(id, `<${name}>`)
  }
  return text
}

/** A hash of everything in the org: what an export holds, without the time that it was made. */
async function checksum(ops: Ops, orgId: string): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of ops.exportOrg(orgId, { gzip: false })) chunks.push(chunk)
  const lines = Buffer.concat(chunks).toString('utf8').split('\n')
  return createHash('sha256').update(lines.slice(1, -2).join('\n')).digest('hex')
}

/** Methods for what the tables here have not: something deleted, undone, failed, a run of their kind, a filled column. */
const wantsMore = /restore|redo|retry|sources.problems|actions.log|^cells/

interface NamedCase extends TenancyCase {
  readonly method: string
}

const named: readonly NamedCase[] = Object.entries(tenancyCases).flatMap(([method, cases]) =>
  cases.map((each) => ({ method, ...each })),
)

describeDatabases('the walls between orgs', (makeDatabase) => {
  it('are tested for every public method, with calls that work on what is one’s own', {
    timeout: 120_000,
  }, async () => {
    await using test = await openOps(makeDatabase, withPlugins)
    const org = test.ops.forOrg({ orgId: 'acme', actor })
    expect(Object.keys(tenancyCases).sort()).toEqual(methodsOf(org).sort())
    const refused: string[] = []
    let own = await makeTable(org, 'own', 5)
    const isRefused = (outcome: string): boolean => outcome.startsWith('{"code"')
    for (const each of named) {
      let outcome = await outcomeOf(() => each.call(org, own), {})
      if (!isRefused(outcome) || wantsMore.test(each.method)) continue
      // A case before it has deleted or used up what it needs.
      own = await makeTable(org, 'own', 5)
      outcome = await outcomeOf(() => each.call(org, own), {})
      if (isRefused(outcome)) refused.push(`${each.method}: ${outcome.slice(0, 200)}`)
    }
    expect(refused).toEqual([])
  })

  it('let nothing through, whatever ids a method is called with', { timeout: 120_000 }, async () => {
    await using test = await openOps(makeDatabase, withPlugins)
    const world = await makeWorld(test.ops)
    const before = await checksum(test.ops, 'other')
    const ownBefore = await checksum(test.ops, 'acme')
    const faults: string[] = []
    for (const each of named.filter(({ takes }) => takes.length > 0)) faults.push(...(await faultsOf(world, each)))
    expect(faults).toEqual([])
    expect(await checksum(test.ops, 'other')).toBe(before)
    expect(await checksum(test.ops, 'acme')).toBe(ownBefore)
    // Last, for they change the org that they are called in.
    for (const each of named.filter(({ takes }) => takes.length === 0)) {
      const outcome = await outcomeOf(() => each.call(world.org, world.own), {})
      expect(outcome).not.toMatch(/SECRET/)
    }
    expect(await checksum(test.ops, 'other')).toBe(before)
  })
})

/** Calls a method with ids of all kinds of strangers; says where it tells them apart, or breaks. */
async function faultsOf({ org, own, sibling, foreign }: World, each: NamedCase): Promise<string[]> {
  const faults: string[] = []
  const call = async (ids: Ids): Promise<string> => {
    const outcome = await outcomeOf(() => each.call(org, ids), ids)
    if (outcome.includes('SECRET')) faults.push(`${each.method} shows what is not its own: ${outcome}`)
    if (/"code":"(INTERNAL|Error|TypeError)/.test(outcome))
      faults.push(`${each.method} breaks: ${outcome.slice(0, 300)}`)
    return outcome
  }
  const compare = (what: string, theirs: string, none: string): void => {
    if (theirs !== none) faults.push(`${each.method} tells ${what} from none: ${theirs} and ${none}`)
  }
  const parts = each.takes.filter((part) => part !== 'table' && part !== 'cursors')
  if (each.takes.includes('table') || parts.length > 0) {
    compare('another org', await call(foreign), await call({ ...own, ...absent }))
  }
  const withParts = (idOf: (part: keyof Ids) => unknown): Ids => ({
    ...own,
    ...Object.fromEntries(parts.map((part) => [part, idOf(part)])),
  })
  if (parts.length > 0) {
    const none = await call(withParts((part) => ({ ...own, ...absent })[part]))
    compare('a part of another org', await call(withParts((part) => foreign[part])), none)
    // Operations, connections, runs, feeds, schedules and other tables of the same org are no strangers.
    const common: readonly (keyof Ids)[] = ['operation', 'connection', 'run', 'feed', 'schedule', 'other']
    if (!parts.some((part) => common.includes(part))) {
      compare('a part of another table', await call(withParts((part) => sibling[part])), none)
    }
    for (const id of garbage) await call(withParts(() => id))
  }
  if (each.takes.includes('table')) for (const id of garbage) await call({ ...own, table: id })
  if (each.takes.includes('cursors')) {
    await call({ ...own, cursors: foreign.cursors })
    for (const id of garbage)
      await call({ ...own, cursors: { rows: id, deleted: id, views: id, list: id, changes: id } })
  }
  return faults
}

describeServers('the second wall, in the database', (makeDatabase) => {
  it('shows the role of orgs the catalog rows of one org, and lets it write no others', async () => {
    await using test = await openOps(makeDatabase, withPlugins)
    await makeWorld(test.ops)
    const tables = await rawQuery(
      test.target,
      `select c.relname as name, c.relforcerowsecurity as forced from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id'
       where c.relnamespace = 'opslayer'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`,
    )
    expect(tables.length).toBeGreaterThanOrEqual(6)
    expect(tables.every(({ forced }) => forced === true)).toBe(true)
    const [roles] = await rawQuery(test.target, 'select org_role as org from opslayer.installation')
    if (test.target.kind !== 'server') return
    await withClient(test.target.url, async (client) => {
      const asOrg = async (orgId: string, text: string): Promise<unknown[]> => {
        await client.query(`begin; set local role "${roles?.org}"; select set_config('opslayer.org', '${orgId}', true)`)
        try {
          return (await client.query(text)).rows
        } finally {
          await client.query('rollback')
        }
      }
      for (const { name } of tables) {
        const seen = await asOrg('acme', `select distinct org_id from opslayer."${name}"`)
        expect(seen.every((row) => (row as { org_id: string }).org_id === 'acme')).toBe(true)
        expect(await asOrg('', `select org_id from opslayer."${name}"`)).toEqual([])
        expect(
          await asOrg('acme', `update opslayer."${name}" set org_id = org_id where org_id = 'other' returning 1`),
        ).toEqual([])
        expect(await asOrg('acme', `delete from opslayer."${name}" where org_id = 'other' returning 1`)).toEqual([])
      }
      expect(await asOrg('acme', 'select org_id from opslayer.orgs')).toEqual([{ org_id: 'acme' }])
      await expect(asOrg('acme', `update opslayer.tables set org_id = 'other'`)).rejects.toMatchObject({
        code: '42501',
      })
      await expect(
        asOrg('acme', `insert into opslayer.orgs (org_id, short_id, schema_version) values ('third', 'x', 1)`),
      ).rejects.toMatchObject({ code: '42501' })
    })
  })
})
