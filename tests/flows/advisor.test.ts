import {
  createOps,
  type Filter,
  type Json,
  type MaintenanceVisit,
  type OrgOps,
  type Row,
  type Sort,
  type Table,
} from '@opslayer/core'
import { expect, it, vi } from 'vitest'
import { databaseTemplate } from '../databases/database-template.ts'
import {
  describeBothKinds,
  describeOneDatabase,
  describeServers,
  type MakeDatabase,
} from '../databases/describe-databases.ts'
import { withClient } from '../databases/with-client.ts'
import { databaseOption, migrated, openOps, partitionsAsked } from './testing/open-ops.ts'
import { recordingPool } from './testing/recording-pool.ts'

const actor = { type: 'user', id: 'u1' } as const
const rowCount = 20_000
const options = ['new', 'open', 'won', 'lost', 'stale', 'cold', 'warm', 'hot'].map((id) => ({ id, name: id }))

/** A table with long and accented texts, empty cells and equal values. */
async function makeLeads(acme: OrgOps): Promise<Table> {
  const leads = await acme.tables.create({
    name: 'Leads',
    columns: [
      { name: 'Name', type: 'text' },
      { name: 'Score', type: 'number' },
      { name: 'City', type: 'text' },
      { name: 'Notes', type: 'long_text' },
      { name: 'Stage', type: 'status', settings: { options } },
      { name: 'Tags', type: 'tags', settings: { options } },
    ],
  })
  await acme.rows.load(
    leads.id,
    Array.from({ length: rowCount }, (_, i) => ({
      cells: {
        name: i % 10 === 0 ? null : `${i % 3 === 0 ? 'Élan' : 'elan'} ${(i * 7919) % rowCount}`,
        score: i % 17 === 0 ? null : (i * 31) % 1000,
        city: `City ${i % 100}`,
        notes: i % 5000 === 42 ? `${'long '.repeat(900)}needle ${i}` : `note ${i} needles ${i % 977}`,
        stage: options[i % 8]?.id,
        tags: i % 500 === 0 ? ['won', 'hot'] : ['cold'],
      },
    })),
  )
  return leads
}

/** A database with that table in the org `acme`, made once per server. */
const withLeads = databaseTemplate('with_leads', async (target) => {
  await using ops = createOps({ database: databaseOption(target), catalogPartitions: partitionsAsked })
  await ops.migrate()
  await makeLeads(ops.forOrg({ orgId: 'acme', actor }))
})

async function openLeads(makeDatabase: MakeDatabase, options: { readonly now?: () => Date } = {}) {
  const test = await openOps(makeDatabase, options, withLeads)
  const acme = test.ops.forOrg({ orgId: 'acme', actor })
  const [leads] = (await acme.tables.list()).items
  if (leads === undefined) throw new Error('The template has no table.')
  return { ...test, acme, leads }
}

const threeFilters: Filter = {
  and: [
    { column: 'stage', op: 'is', value: 'won' },
    { column: 'city', op: 'is', value: 'CITY 42' },
    { column: 'score', op: 'gt', value: 500 },
  ],
}
const byName: readonly Sort[] = [{ column: 'name' }]
const byNameDown: readonly Sort[] = [{ column: 'name', dir: 'desc' }]

const ids = (rows: readonly Row[]): string[] => rows.map(({ id }) => id)

/** Everything that the tests read, so that it can be compared before and after. */
async function readAll(acme: OrgOps, table: Table): Promise<Record<string, unknown>> {
  const page = async (query: object) => {
    const first = await acme.rows.page(table.id, { ...query, limit: 200 })
    const cursor = first.nextCursor ?? undefined
    return [...ids(first.rows), ...ids((await acme.rows.page(table.id, { ...query, limit: 200, cursor })).rows)]
  }
  return {
    up: await page({ sort: byName }),
    down: await page({ sort: byNameDown }),
    deep: ids(await acme.rows.window(table.id, { sort: byName, offset: 12_000, limit: 100 })),
    empties: ids(await acme.rows.window(table.id, { sort: byNameDown, offset: 17_990, limit: 100 })),
    score: await page({ sort: [{ column: 'score', dir: 'desc' }] }),
    three: await page({ filter: threeFilters, sort: [{ column: 'score', dir: 'desc' }] }),
    city: (await acme.rows.count(table.id, { filter: { column: 'city', op: 'is', value: 'cITY 7' } })).count,
    needle: await page({ filter: { column: 'notes', op: 'contains', value: 'NEEDLE 1' } }),
    none: (await acme.rows.count(table.id, { filter: { column: 'notes', op: 'not_contains', value: 'needle 1' } }))
      .count,
    groups: await acme.rows.groups(table.id, {
      groupBy: [{ column: 'stage' }],
      aggregates: [{ column: 'score', aggregate: 'sum' }],
    }),
    summary: await acme.rows.summary(table.id, { aggregates: [{ column: 'score', aggregate: 'avg' }] }),
    tags: await page({ filter: { column: 'tags', op: 'has_any_of', value: ['hot'] } }),
  }
}

/** Vacuums the org's table. Old snapshots of any database of the server, which other tests hold, keep some pages back. */
async function vacuumed(url: string): Promise<boolean> {
  return await withClient(url, async (client) => {
    const { rows } = await client.query(`select oid::regclass::text as name from pg_class where relname = 't1'`)
    await client.query(`vacuum ${rows[0].name}`)
    const pages = await client.query(`select relallvisible >= relpages as all from pg_class where relname = 't1'`)
    return pages.rows[0].all
  })
}

describeBothKinds('the index advisor', (makeDatabase) => {
  it('gives the same pages after it has had its turn, also with writes between', async () => {
    await using test = await openLeads(makeDatabase)
    const { acme, leads } = test
    const before = await readAll(acme, leads)
    expect(await readAll(acme, leads)).toEqual(before)

    const [report] = await acme.advisor.run({ tableId: leads.id })
    expect(report).toMatchObject({ failed: [], dropped: [], vacuumed: true })
    expect(await readAll(acme, leads)).toEqual(before)
    const advice = await acme.advisor.explain(leads.id)
    expect(advice.indexes.map(({ method, columns, state }) => `${method} ${columns.join()} ${state}`).sort()).toEqual([
      'list tags ready',
      'long notes ready',
      'order city,stage,score ready',
      'order name ready',
      'order score ready',
      'order stage ready',
      'text notes ready',
    ])
    expect(advice.sortKeys).toEqual([
      { column: 'name', state: 'ready' },
      { column: 'city', state: 'ready' },
    ])
    expect(advice.indexes.every(({ bytes, reasons }) => bytes > 0 && reasons.length > 0)).toBe(true)

    const [someone, other] = (await acme.rows.page(leads.id, { sort: byName, limit: 2 })).rows
    await acme.rows.update(leads.id, [{ id: someone?.id ?? '', cells: { name: 'zzz', city: 'city 7' } }])
    const made = await acme.rows.insert(leads.id, [{ cells: { name: 'AAA', notes: 'a new needle 1' } }])
    await acme.rows.load(leads.id, [{ cells: { name: 'Äab' } }])
    await acme.rows.updateWhere(leads.id, { column: 'city', op: 'is', value: 'City 9' }, { city: 'City 7' })
    const first = await acme.rows.page(leads.id, { sort: byName, limit: 3 })
    expect(first.rows.map(({ cells }) => cells.name)).toEqual(['AAA', 'Äab', other?.cells.name])
    expect((await acme.rows.page(leads.id, { sort: byNameDown, limit: 1 })).rows[0]?.id).toBe(someone?.id)
    expect((await acme.rows.count(leads.id, { filter: { column: 'city', op: 'is', value: 'City 7' } })).count).toBe(401)
    const found = await acme.rows.page(leads.id, { filter: { column: 'notes', op: 'contains', value: 'new needle' } })
    expect(ids(found.rows)).toEqual(ids(made.rows as never))
  }, 60_000)

  it('drops what nobody wanted for 30 days, sort keys too', async () => {
    let now = new Date('2026-03-01T12:00:00Z')
    await using test = await openLeads(makeDatabase, { now: () => now })
    const { acme, leads } = test
    for (let call = 0; call < 2; call += 1) {
      await acme.rows.page(leads.id, { sort: byName })
      await acme.rows.page(leads.id, { sort: [{ column: 'score' }] })
    }
    const [first] = await acme.advisor.run()
    expect(first?.made.length).toBe(2)
    now = new Date('2026-03-21T12:00:00Z')
    await acme.rows.page(leads.id, { sort: [{ column: 'score' }] })
    expect(await acme.advisor.run()).toMatchObject([{ made: [], dropped: [] }])
    now = new Date('2026-04-11T12:00:00Z')
    const [later] = await acme.advisor.run()
    expect(later?.dropped).toEqual([first?.made[0]])
    const advice = await acme.advisor.explain(leads.id)
    expect(advice.indexes.map(({ columns }) => columns)).toEqual([['score']])
    expect(advice.sortKeys).toEqual([])

    // Edited while nobody kept the keys: they must be computed anew.
    const [someone] = (await acme.rows.page(leads.id, { sort: byName, limit: 1 })).rows
    await acme.rows.update(leads.id, [{ id: someone?.id ?? '', cells: { name: 'zzz' } }])
    await acme.rows.page(leads.id, { sort: byName })
    const before = ids((await acme.rows.page(leads.id, { sort: byNameDown })).rows)
    expect(await acme.advisor.run()).toMatchObject([{ keysFilled: [leads.columns[0]?.id] }])
    expect(ids((await acme.rows.page(leads.id, { sort: byNameDown })).rows)).toEqual(before)
  }, 60_000)

  it('serves upserts that match by columns', async () => {
    await using test = await openLeads(makeDatabase)
    const { acme, leads } = test
    const rows = [
      { cells: { name: 'Elan 7919', city: 'City 1', score: 1 } },
      { cells: { name: 'elan 7919', city: 'City 1', score: 2 } },
      { cells: { name: 'nobody', city: 'City 1', score: 3 } },
    ]
    const outcomes = async () =>
      (await acme.rows.upsert(leads.id, rows, { match: ['name', 'city'] })).rows.map(({ outcome }) => outcome)
    expect(await outcomes()).toEqual(['inserted', 'updated', 'inserted'])
    expect(await outcomes()).toEqual(['unchanged', 'unchanged', 'unchanged'])
    expect(await acme.advisor.run()).toMatchObject([{ failed: [] }])
    const { indexes } = await acme.advisor.explain(leads.id)
    expect(indexes).toMatchObject([{ method: 'order', columns: ['name', 'city'], state: 'ready' }])
    expect(await outcomes()).toEqual(['unchanged', 'unchanged', 'unchanged'])
  }, 60_000)

  it('misses no row that is written while keys are filled', async () => {
    await using test = await openLeads(makeDatabase)
    const { acme, leads } = test
    for (let call = 0; call < 2; call += 1) await acme.rows.page(leads.id, { sort: byName })
    const rows = (await acme.rows.window(leads.id, { offset: 9_000, limit: 500 })).map(({ id }) => id)
    let busy = true
    const running = acme.advisor.run().finally(() => {
      busy = false
    })
    for (let round = 0; busy; round += 1) {
      const edited = rows.slice((round * 50) % 500).slice(0, 50)
      await acme.rows.update(
        leads.id,
        edited.map((id, i) => ({ id, cells: { name: `Round ${round} ${i}` } })),
      )
      await acme.rows.insert(leads.id, [{ cells: { name: `New ${round}` } }])
    }
    await running
    const { sortKeys } = await acme.advisor.explain(leads.id)
    expect(sortKeys).toEqual([{ column: 'name', state: 'ready' }])
    const walked: Json[] = []
    for await (const page of acme.rows.pages(leads.id, { sort: byName, limit: 1000 }))
      walked.push(...page.map(({ cells }) => cells.name ?? null))
    expect(walked).toHaveLength((await acme.rows.count(leads.id, { exact: true })).count)
    const filled = walked.slice(0, walked.indexOf(null))
    expect(walked.filter((text) => text !== null)).toHaveLength(filled.length)
    const text = test.ops.columnTypes.find(({ id }) => id === 'text')
    expect(filled.findIndex((value, i) => i > 0 && (text?.compare(filled[i - 1], value, {}) ?? 1) > 0)).toBe(-1)
  }, 60_000)
})

describeServers('the index advisor', (makeDatabase) => {
  it('knows of the reads of other processes, also where each org has a role of its own', async () => {
    const database = await makeDatabase(migrated)
    await using reader = createOps({ database: database.url, tenantRoles: true })
    await using advisor = createOps({ database: database.url, tenantRoles: true })
    const who = { orgId: 'acme', actor: { type: 'user', id: 'u1' } } as const
    const leads = await makeLeads(reader.forOrg(who))
    const query = { sort: byName, filter: { column: 'score', op: 'is', value: 5 } }
    for (let call = 0; call < 500; call += 1) await reader.forOrg(who).rows.page(leads.id, query)
    const advise = advisor.forOrg(who).advisor
    await vi.waitFor(async () => expect((await advise.explain(leads.id)).proposals).toHaveLength(2), 10_000)
    expect(await advise.run()).toMatchObject([{ failed: [], made: [expect.any(String), expect.any(String)] }])
  }, 60_000)

  it('gives way to a change of the table that it builds an index for', async () => {
    await using test = await openLeads(makeDatabase)
    if (test.target.kind !== 'server') throw new Error('Only servers build indexes while others work.')
    const { acme, leads } = test
    for (let call = 0; call < 2; call += 1) await acme.rows.page(leads.id, { sort: [{ column: 'score' }] })
    const { url } = test.target
    await withClient(url, async (client) => {
      // Its snapshot is one that the build has to wait for.
      await client.query('begin isolation level repeatable read')
      await client.query('select 1')
      const running = acme.advisor.run()
      await vi.waitFor(async () => {
        const { rows } = await withClient(url, (other) =>
          other.query('select phase from pg_stat_progress_create_index where datname = current_database()'),
        )
        expect(rows).toEqual([{ phase: 'waiting for old snapshots' }])
      }, 30_000)
      await acme.columns.create(leads.id, { name: 'New', type: 'text' })
      expect(await running).toMatchObject([
        { made: [], failed: [{ why: 'It gave way to a change of the table. The next run makes it.' }] },
      ])
    })
    expect(await acme.advisor.run()).toMatchObject([{ made: [expect.any(String)], failed: [] }])
  }, 60_000)

  it('makes indexes that PostgreSQL really uses', async () => {
    await using database = await makeDatabase(withLeads)
    await using pool = recordingPool(database.url)
    await using ops = createOps({ database: pool })
    const acme = ops.forOrg({ orgId: 'acme', actor })
    const { id } = (await acme.tables.list()).items[0] ?? { id: '' }
    const leads = await acme.tables.get(id)
    await readAll(acme, leads)
    await readAll(acme, leads)
    await acme.advisor.run()
    await expect.poll(() => vacuumed(database.url), { timeout: 30_000, interval: 200 }).toBe(true)
    const plan = async (work: () => Promise<unknown>): Promise<string> => {
      await work()
      return await pool.lastPlan()
    }
    const { indexes } = await acme.advisor.explain(leads.id)
    const nameOf = (text: string) => indexes.find((index) => `${index.method} ${index.columns.join()}` === text)?.name
    const key = nameOf('order name')

    const up = await acme.rows.page(leads.id, { sort: byName })
    expect(await pool.lastPlan()).toMatch(new RegExp(`Index Scan using ${key} `))
    const next = await plan(() => acme.rows.page(leads.id, { sort: byName, cursor: up.nextCursor ?? '' }))
    expect(next).toMatch(new RegExp(`Index Scan using ${key} .*\\n +Index Cond: .*ROW`))
    expect(next).not.toMatch(/Sort/)
    const down = await acme.rows.page(leads.id, { sort: byNameDown })
    expect(await pool.lastPlan()).toMatch(new RegExp(`Index Scan Backward using ${key} `))
    const before = await plan(() => acme.rows.page(leads.id, { sort: byNameDown, cursor: down.nextCursor ?? '' }))
    expect(before).toMatch(new RegExp(`Index Scan Backward using ${key} .*\\n +Index Cond: .*ROW`))
    expect(await plan(() => acme.rows.window(leads.id, { sort: byName, offset: 12_000 }))).toMatch(
      new RegExp(`Index Only Scan using ${key} `),
    )
    expect(
      await plan(() => acme.rows.window(leads.id, { sort: [{ column: 'score', dir: 'desc' }], offset: 12_000 })),
    ).toMatch(new RegExp(`Index Only Scan Backward using ${nameOf('order score')} `))
    const contains = await plan(() =>
      acme.rows.count(leads.id, { filter: { column: 'notes', op: 'contains', value: 'needles 517' } }),
    )
    expect(contains).toMatch(new RegExp(`Bitmap Index Scan on ${nameOf('text notes')}`))
    expect(contains).toMatch(new RegExp(`Bitmap Index Scan on ${nameOf('long notes')}`))
    expect(
      await plan(() => acme.rows.page(leads.id, { filter: threeFilters, sort: [{ column: 'score', dir: 'desc' }] })),
    ).toMatch(new RegExp(`using ${nameOf('order city,stage,score')} `))
    expect(
      await plan(() =>
        acme.rows.groups(leads.id, {
          groupBy: [{ column: 'stage' }],
          aggregates: [{ column: 'score', aggregate: 'sum' }],
        }),
      ),
    ).toMatch(new RegExp(`Index Only Scan using ${nameOf('order stage')} `))
    expect(
      await plan(() => acme.rows.summary(leads.id, { aggregates: [{ column: 'score', aggregate: 'avg' }] })),
    ).toMatch(/Index Only Scan using/)
    expect(
      await plan(() => acme.rows.count(leads.id, { filter: { column: 'tags', op: 'has_any_of', value: ['hot'] } })),
    ).toMatch(new RegExp(`Bitmap Index Scan on ${nameOf('list tags')}`))
  }, 60_000)
})

describeOneDatabase('the index advisor', (makeDatabase) => {
  it('makes nothing for small tables and says so', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const small = await acme.tables.create({ name: 'Small', columns: [{ name: 'Name', type: 'text' }] })
    await acme.rows.insert(small.id, [{ cells: { name: 'a' } }])
    for (let call = 0; call < 3; call += 1) await acme.rows.page(small.id, { sort: byName })
    expect(await acme.advisor.run()).toMatchObject([{ tableId: small.id, made: [], failed: [], vacuumed: false }])
    const { refused } = await acme.advisor.explain(small.id)
    expect(refused.map(({ why }) => why)).toEqual([
      'The table has fewer than 5000 rows: it is read whole in a few milliseconds.',
    ])
  })

  it('looks after orgs in the background until opslayer is closed', async () => {
    await using test = await openLeads(makeDatabase)
    const { acme, leads } = test
    const idle = test.ops.forOrg({ orgId: 'idle', actor })
    await idle.tables.create({ name: 'Unread' })
    await acme.views.create(leads.id, { name: 'By name', definition: { sorts: [...byName] } })
    await acme.rows.count(leads.id, { filter: { column: 'score', op: 'gt', value: 990 } })
    const visited = await new Promise<MaintenanceVisit>((onVisit, onError) => {
      test.ops.startMaintenance({ everyMs: 10, onVisit, onError })
    })
    expect(visited).toMatchObject({ task: 'indexes', orgId: 'acme', reports: [{ made: [expect.any(String)] }] })
    const { indexes } = await acme.advisor.explain(leads.id)
    expect(indexes).toMatchObject([{ columns: ['name'], state: 'ready', reasons: ['The view “By name”.'] }])
    await test.ops.close()
  }, 60_000)

  it('is ended by its signal and goes on with the next run', async () => {
    await using test = await openLeads(makeDatabase)
    const { acme, leads } = test
    for (let call = 0; call < 2; call += 1) await acme.rows.page(leads.id, { sort: byName })
    const controller = new AbortController()
    const running = acme.advisor.run({ signal: controller.signal })
    setTimeout(() => controller.abort(new Error('enough')), 50)
    await expect(running).rejects.toThrow('enough')
    expect(await acme.advisor.run()).toMatchObject([{ failed: [] }])
    const advice = await acme.advisor.explain(leads.id)
    expect(advice.indexes).toMatchObject([{ columns: ['name'], state: 'ready' }])
  }, 60_000)
})
