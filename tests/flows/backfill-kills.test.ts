import { setTimeout as sleep } from 'node:timers/promises'
import { createOps } from '@opslayer/core'
import { expect, it } from 'vitest'
import { seededRandom } from '../bench/seeded-random.ts'
import { describeBothKinds } from '../databases/describe-databases.ts'
import { nextJson, startChild } from './testing/child.ts'
import { databaseOption, migrated } from './testing/open-ops.ts'

/** 10 for the full figure: `pnpm fuzz backfill-kills`. */
const kills = Number(process.env.OPSLAYER_FUZZ ?? 1)
const seed = Number(process.env.OPSLAYER_FUZZ_SEED ?? Date.now() % 1_000_000_000)

const actor = { type: 'user', id: 'u1' } as const
const rowCount = 60_000

describeBothKinds('a fill that is killed', (makeDatabase) => {
  it(`is gone on with, and ends with every cell (${kills} kills, OPSLAYER_FUZZ_SEED=${seed})`, {
    timeout: 600_000,
  }, async () => {
    const random = seededRandom(seed)
    await using database = await makeDatabase(migrated)
    const { [Symbol.asyncDispose]: _, ...target } = database
    {
      await using ops = createOps({ database: databaseOption(database) })
      await ops.migrate()
      const acme = ops.forOrg({ orgId: 'acme', actor })
      const { id } = await acme.tables.create({ name: 'Numbers', columns: [{ name: 'N', type: 'number' }] })
      await acme.rows.load(
        id,
        Array.from({ length: rowCount }, (_, n) => ({ cells: { n } })),
      )
    }
    const start = () => startChild('backfill-until-killed.ts', JSON.stringify(target))
    for (let kill = 0; kill < kills; kill += 1) {
      await using child = start()
      await nextJson(child)
      await sleep(random.below(200))
      await child.kill()
    }
    {
      await using last = start()
      while (((await nextJson(last)) as { state: string }).state !== 'done');
    }
    await using ops = createOps({ database: databaseOption(database) })
    const acme = ops.forOrg({ orgId: 'acme', actor })
    const [table] = (await acme.tables.list()).items
    const tableId = table?.id ?? ''
    expect(table?.columns[1]?.formula).toMatchObject({ filling: false })
    const done = await acme.rows.count(tableId, { filter: { column: 'twice', state: 'done' }, exact: true })
    expect(done.count).toBe(rowCount)
    const wrong = await acme.rows.count(tableId, { filter: { formula: '@twice <> @n * 2' }, exact: true })
    expect(wrong.count).toBe(0)
    expect((await acme.runs.list({ kind: 'backfill' })).items).toMatchObject([{ state: 'done' }])
    await acme.undo()
    expect((await acme.tables.get(tableId)).columns).toHaveLength(1)
  })
})
