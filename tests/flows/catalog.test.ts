import { createOps } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeDatabases } from '../databases/describe-databases.ts'
import { databaseOption, openOps } from './testing/open-ops.ts'
import { rawQuery } from './testing/raw-query.ts'

const actor = { type: 'user', id: 'u1' } as const

/** Faults to plant, each with the rule that must find it. */
const plants: readonly (readonly [string, string])[] = [
  ['create table opslayer.notes (id text primary key)', 'org-not-null'],
  ['create table opslayer.tags (org_id text not null, id text, primary key (id, org_id))', 'org-first-key'],
  ['create index by_name on opslayer.tables (name)', 'org-first-index'],
  ['create unique index on opslayer.tables (number, org_id)', 'org-first-key'],
  ['create unique index on opslayer.tables (lower(org_id))', 'org-first-key'],
  [
    `create table opslayer.notes (org_id text not null, table_id text not null, primary key (org_id, table_id),
      constraint backwards foreign key (table_id, org_id) references opslayer.tables (id, org_id))`,
    'org-first-foreign-key',
  ],
  ['alter table opslayer.views no force row level security', 'row-level-security'],
  ['alter table opslayer.views disable row level security', 'row-level-security'],
  ['drop policy own_org on opslayer.views', 'own-org-policy'],
  ['create policy extra on opslayer.views using (true)', 'own-org-policy'],
  [
    `do $$ begin execute format('alter policy own_org on opslayer.views to %I using (true)', (select org_role from opslayer.installation)); end $$`,
    'own-org-policy',
  ],
  [
    `create function opslayer.noop() returns trigger language plpgsql as 'begin return new; end';
     create trigger watch before insert on opslayer.views for each row execute function opslayer.noop()`,
    'no-triggers',
  ],
  [
    `do $$ begin execute format('alter role %I bypassrls', (select org_role from opslayer.installation)); end $$`,
    'powerless-roles',
  ],
]

describeDatabases('the catalog', (makeDatabase, name) => {
  it('is found faulty by the rule that a planted fault breaks', { timeout: 120_000 }, async () => {
    for (const [plant, rule] of name === 'embedded' ? plants.slice(0, 3) : plants) {
      // Not from the template: its copies share their roles, and one is altered here.
      await using database = await makeDatabase()
      {
        await using ops = createOps({ database: databaseOption(database) })
        await ops.migrate()
        expect(await ops.lint()).toEqual({ main: [] })
      }
      for (const statement of plant.split(';\n')) await rawQuery(database, statement)
      await using ops = createOps({ database: databaseOption(database) })
      const rules = (await ops.lint()).main?.map((fault) => fault.rule)
      expect({ plant, rules }).toEqual({ plant, rules: expect.arrayContaining([rule]) })
    }
  })

  it('may be partitioned by org, and everything works on it', async () => {
    await using test = await openOps(makeDatabase, { catalogPartitions: 4 })
    for (const orgId of ['acme', 'other', 'third']) {
      const org = test.ops.forOrg({ orgId, actor })
      const table = await org.tables.create({
        name: 'Leads',
        columns: [
          { name: 'Name', type: 'text', unique: true },
          { name: 'Score', type: 'number' },
        ],
      })
      await org.rows.insert(table.id, [{ cells: { name: 'Ada', score: 1 } }, { cells: { name: 'Bob', score: 2 } }])
      await org.rows.load(table.id, [{ cells: { name: 'Cid', score: 'many' } }], { onInvalid: 'keep' })
      await org.columns.create(table.id, { name: 'City', type: 'text' }, { place: 0 })
      await org.columns.retype(table.id, 'score', { type: 'text' })
      await org.rows.updateWhere(table.id, { column: 'name', op: 'is', value: 'Ada' }, { city: 'Ulm' })
      await org.undo()
      await org.redo()
      await org.settings.update({ locale: 'de' })
      await org.tables.duplicate(table.id)
      await org.advisor.run()
      expect(await org.rows.count(table.id, { filter: { column: 'city', op: 'is', value: 'Ulm' } })).toMatchObject({
        count: 1,
      })
    }
    await test.ops.importOrg('copy', test.ops.exportOrg('acme'))
    await test.ops.eraseOrg('acme')
    expect((await test.ops.forOrg({ orgId: 'copy', actor }).tables.list()).items).toHaveLength(2)
    expect(await test.ops.lint()).toEqual({ main: [] })
    await test.ops.close()
    const [row] = await rawQuery(
      test.target,
      `select (select count(*)::int from pg_inherits where inhparent = 'opslayer.orgs'::regclass) as partitions,
        (select count(*)::int from opslayer.orgs) as orgs`,
    )
    expect(row).toEqual({ partitions: 4, orgs: 3 })
  })
})
