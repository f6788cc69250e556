import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { type SeededRandom, seededRandom } from '../../../../../tests/bench/seeded-random.ts'
import { describeBothKinds, describeDatabases } from '../../../../../tests/databases/describe-databases.ts'
import { migrated } from '../../../../../tests/flows/testing/open-ops.ts'
import { one } from '../../db/transaction.ts'
import { isOpsError } from '../../errors/ops-error.ts'
import { selectCount } from '../../query/count.ts'
import { selectWindow } from '../../query/page.ts'
import { openRunWorld, type RunWorld } from '../../runs/testing/run-world.ts'
import { insertRows } from '../insert-rows.ts'
import { narrowSession } from '../narrow-session.ts'
import { physical } from '../physical-names.ts'
import { checkQuery } from '../read-rows.ts'
import type { RowPlace } from '../row-place.ts'
import { landmarkKey } from './landmark-cache.ts'
import { setLandmarks } from './set-landmarks.ts'
import { countBefore, countByLandmarks, wayByLandmarks } from './way-by-landmarks.ts'

/** 5,000 for the full figure: `pnpm fuzz landmarks`. */
const asked = process.env.OPSLAYER_FUZZ
const seed = Number(process.env.OPSLAYER_FUZZ_SEED ?? Date.now() % 1_000_000_000)

const rows = 9_000

interface Trial {
  /** Writes. */
  readonly world: RunWorld
  /** Reads, as another process may. */
  readonly reader: RunWorld
  readonly tableId: string
  readonly random: SeededRandom
}

async function openTable(world: RunWorld): Promise<string> {
  const { acme } = world
  const { id } = await acme.tables.create({ name: 'Leads', columns: [{ name: 'Number', type: 'number' }] })
  await acme.rows.load(id, numbered(0, rows))
  return id
}

function* numbered(from: number, count: number) {
  for (let number = from; number < from + count; number++) yield { cells: { number } }
}

/** A window and the number of rows, by landmarks and without, in one snapshot. */
async function bothWays({ reader, tableId }: Trial, offset: number) {
  return await reader.session.readTable(tableId, {}, async (work) => {
    const checked = await checkQuery(work, {})
    const way = await wayByLandmarks(work, checked.filter, checked.sort, offset)
    const counted = await countByLandmarks(work, checked.filter)
    const idsFrom = async (start: typeof way) => {
      const found = await work.tx.all(selectWindow({ ...checked, ...start, columns: [], limit: 20 }))
      return found.map(({ _k1, _id }) => `${_k1} ${_id}`)
    }
    const { count } = one(await work.tx.all(selectCount({ filter: checked.filter })))
    const [row] = await work.tx.all(selectWindow({ ...checked, offset, columns: [], limit: 1 }))
    const place = row === undefined ? null : { position: String(row._k1 ?? row._id), id: String(row._id) }
    const located = place === null ? null : await countBefore(work, place)
    return {
      isNear: way.after !== undefined,
      skipped: way.offset,
      by: { rows: await idsFrom(way), count: counted ?? count, located: located ?? (place && offset) },
      plain: { rows: await idsFrom({ offset }), count, located: place && offset },
    }
  })
}

/** Sets landmarks for the whole table. On a server that waits for what others have begun to write, in whichever database. */
async function setAll(trial: Trial): Promise<void> {
  const isSet = async () => {
    await setLandmarks(trial.reader.session, trial.tableId)
    return (await bothWays(trial, 8_000)).isNear
  }
  await expect.poll(isSet).toBe(true)
}

async function someIds({ world, tableId, random }: Trial, most: number): Promise<string[]> {
  const offset = random.below(rows)
  const found = await world.acme.rows.window(tableId, { offset, limit: 1 + random.below(most) })
  return found.map(({ id }) => id)
}

async function somePlace(trial: Trial): Promise<RowPlace> {
  const [id] = await someIds(trial, 1)
  if (id === undefined) return { at: 'end' }
  return trial.random.pick<RowPlace>([{ before: id }, { after: id }, { at: 'start' }, { at: 'end' }])
}

const writes: Readonly<Record<string, (trial: Trial) => Promise<unknown>>> = {
  async insert(trial) {
    const { world, tableId, random } = trial
    const made = [...numbered(random.below(rows), 1 + random.below(30))]
    await world.acme.rows.insert(tableId, made, { place: await somePlace(trial) })
  },
  async 'insert at the same place'({ world, tableId }) {
    const [favourite] = await world.acme.rows.window(tableId, { offset: 6_000, limit: 1 })
    for (let n = 0; n < 12; n++)
      await world.acme.rows.insert(tableId, [...numbered(n, 1)], { place: { before: favourite?.id ?? '' } })
  },
  async delete(trial) {
    await trial.world.acme.rows.delete(trial.tableId, await someIds(trial, 40))
  },
  async 'delete and restore'(trial) {
    const { deleted } = await trial.world.acme.rows.delete(trial.tableId, await someIds(trial, 40))
    await trial.world.acme.rows.restore(trial.tableId, deleted.slice(0, 20))
  },
  async 'delete many'({ world, tableId, random }) {
    const from = random.below(rows)
    const value = [from, from + 200] as const
    await world.acme.rows.deleteWhere(tableId, {
      and: [
        { column: 'number', op: 'gte', value: value[0] },
        { column: 'number', op: 'lt', value: value[1] },
      ],
    })
  },
  async move(trial) {
    await trial.world.acme.rows.move(trial.tableId, await someIds(trial, 15), await somePlace(trial))
  },
  async load({ world, tableId, random }) {
    await world.acme.rows.load(tableId, numbered(random.below(rows), 400))
  },
  async update(trial) {
    const updates = (await someIds(trial, 20)).map((id) => ({ id, cells: { number: trial.random.below(rows) } }))
    await trial.world.acme.rows.update(trial.tableId, updates)
  },
  async undo(trial) {
    // Whatever is newest by then; the rows that all began with stay.
    await writes.move?.(trial)
    await trial.world.acme.undo()
  },
  async redo({ world }) {
    await world.acme.redo()
  },
  async 'refused once it is logged'({ world, tableId }) {
    const access = { table: () => ({ rows: { column: 'number', op: 'lt', value: 0 } as const }) }
    await insertRows(narrowSession(world.session, access), tableId, [{ cells: { number: 1 } }])
  },
}

/** Others took a row away that this was about, or undid it first; or it is the write that is always refused. */
const expected = ['NOT_FOUND', 'UNDO_UNAVAILABLE', 'FORBIDDEN'] as const

async function write(trial: Trial): Promise<void> {
  try {
    await writes[trial.random.pick(Object.keys(writes) as [string, ...string[]])]?.(trial)
  } catch (error) {
    if (!expected.some((code) => isOpsError(error, code))) throw error
  }
}

describeDatabases('landmarks', (makeDatabase, database) => {
  const operations = Number(asked ?? (database === 'embedded' ? 12 : 30))

  it(`give what a walk from the beginning gives while others write (${operations}, OPSLAYER_FUZZ_SEED=${seed})`, {
    timeout: 3_600_000,
  }, async () => {
    await using target = await makeDatabase(migrated)
    await using world = await openRunWorld(target, [])
    // The embedded database has one process.
    await using other = database === 'embedded' ? null : await openRunWorld(target, [])
    const reader = other ?? world
    const tableId = await openTable(world)
    const random = seededRandom(seed)
    const trial = { world, reader, tableId, random }
    let [written, near] = [0, 0]
    const check = async (): Promise<void> => {
      const { isNear, skipped, by, plain } = await bothWays(trial, 5_000 + random.below(rows - 4_000))
      expect(by, `seed ${seed}, write ${written}`).toEqual(plain)
      if (isNear) near += 1
      // What the read of a grid has done behind its back.
      if (!isNear || skipped > 4_000) await setLandmarks(reader.session, tableId)
    }
    const others = async (): Promise<void> => {
      for (; written < operations; written++) {
        await write(trial)
        await check()
      }
    }
    await setAll(trial)
    await Promise.all([others(), others(), others()])
    expect(near).toBeGreaterThan(operations / 2)
    console.log(`${database}: ${written} writes and windows, ${near} by landmarks, seed ${seed}: 0 divergences`)
  })
})

describeBothKinds('landmarks', (makeDatabase) => {
  it('are set behind a read that went far, and again once more came than is worth following', async () => {
    await using target = await makeDatabase(migrated)
    await using world = await openRunWorld(target, [])
    const tableId = await openTable(world)
    const trial = { world, reader: world, tableId, random: seededRandom(1) }
    expect(await bothWays(trial, 8_000)).toMatchObject({ isNear: false, skipped: 8_000 })
    await setAll(trial)
    expect(await bothWays(trial, 8_500)).toMatchObject({ isNear: true, skipped: 500 })
    expect(await bothWays(trial, 1_000)).toMatchObject({ isNear: false, skipped: 1_000 })
    await world.acme.rows.deleteWhere(tableId, { column: 'number', op: 'gte', value: 2_000 })
    expect(await bothWays(trial, 8_500)).toMatchObject({ isNear: false, by: { rows: [], count: 2_000 } })
    await world.acme.undo()
    await setAll(trial)
    expect(await bothWays(trial, 8_500)).toMatchObject({ isNear: true, skipped: 500 })
  })

  it('are not trusted behind entries that were pruned unseen, without the last one known, nor on another server', async () => {
    await using target = await makeDatabase(migrated)
    await using world = await openRunWorld(target, [])
    const tableId = await openTable(world)
    const trial = { world, reader: world, tableId, random: seededRandom(1) }
    await setAll(trial)
    const [first] = await world.acme.rows.window(tableId, { offset: 0, limit: 1 })
    await world.acme.rows.delete(tableId, [first?.id ?? ''])
    await world.acme.changes.prune({ olderThan: new Date(Date.now() + 60_000) })
    const pruned = await bothWays(trial, 8_000)
    expect(pruned.isNear).toBe(false)
    expect(pruned.by).toEqual(pruned.plain)

    await setAll(trial)
    await world.session.write({}, async ({ tx, org }) => {
      const changes = physical.changes(org)
      await tx.run(sql`delete from ${changes} where seq = (select max(seq) from ${changes})`)
    })
    expect(await bothWays(trial, 8_000)).toMatchObject({ isNear: false })

    await setAll(trial)
    const key = await world.session.readTable(tableId, {}, async ({ org }) => landmarkKey(org, tableId))
    await world.session.readTable(tableId, {}, async ({ landmarks }) => {
      const [version] = landmarks.versions(key)
      if (version === undefined) throw new Error('There are no landmarks.')
      landmarks.set(key, { ...version, server: '2020-01-01 00:00:00+00' })
    })
    expect(await bothWays(trial, 8_000)).toMatchObject({ isNear: false })
  })
})
