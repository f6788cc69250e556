import { setTimeout as sleep } from 'node:timers/promises'
import { createOps, type OrgOps, type Run } from '@opslayer/core'
import { startSimulator } from '@opslayer/core/testing'
import { expect, it } from 'vitest'
import { seededRandom } from '../bench/seeded-random.ts'
import { describeOneServer } from '../databases/describe-databases.ts'
import { nextJson, startChild } from './testing/child.ts'
import { ledgerKey, ledgerPeople, ledgerSimulator } from './testing/ledger-vendor.ts'
import { ledgerOpsOptions } from './testing/open-ledger.ts'
import { databaseOption, migrated } from './testing/open-ops.ts'

/** 25 for the full figure: `pnpm fuzz plugin-kills`. */
const kills = Number(process.env.OPSLAYER_FUZZ ?? 1)
/** Processes live so long at most: long enough for some step on a busy machine, since a run is given up after 20 that made none. */
const longestLifeMs = kills === 1 ? 400 : 1_500
const seed = Number(process.env.OPSLAYER_FUZZ_SEED ?? Date.now() % 1_000_000_000)
const count = 60 + kills * 30
const actor = { type: 'user', id: 'u1' } as const

describeOneServer('runs of plugins whose process is killed', (makeDatabase) => {
  /** Starts a run, stops at once, and lets processes work on it that are killed; gives the vendor and the run in the end. */
  async function worked(start: (acme: OrgOps, connectionId: string) => Promise<Run>, latencyMs: number) {
    const random = seededRandom(seed)
    const database = await makeDatabase(migrated)
    const { [Symbol.asyncDispose]: _, ...target } = database
    const vendor = await startSimulator(ledgerSimulator, { seed: ledgerPeople(count) })
    const open = () => createOps({ ...ledgerOpsOptions(vendor.url), database: databaseOption(database) })
    let runId = ''
    {
      await using ops = open()
      const acme = ops.forOrg({ orgId: 'acme', actor })
      const { id } = await acme.connections.connect({ plugin: 'ledger', credentials: ledgerKey })
      vendor.faults.add({ kind: 'latency', ms: latencyMs, times: Number.POSITIVE_INFINITY })
      const run = await start(acme, id)
      runId = run.id
    }
    for (let kill = 0; kill < kills; kill += 1) {
      await using child = startChild('work-until-killed.ts', JSON.stringify(target), vendor.url, runId)
      await nextJson(child)
      await sleep(random.below(longestLifeMs))
      await child.kill()
    }
    vendor.faults.clear()
    const ops = open()
    ops.startWorker({ everyMs: 20 })
    const acme = ops.forOrg({ orgId: 'acme', actor })
    const run = await acme.runs.wait(runId)
    return {
      vendor,
      acme,
      run,
      [Symbol.asyncDispose]: async () => {
        await ops.close()
        await vendor.close()
        await database[Symbol.asyncDispose]()
      },
    }
  }

  it(`read a source without loss or twin (${kills} kills, OPSLAYER_FUZZ_SEED=${seed})`, {
    timeout: 900_000,
  }, async () => {
    await using left = await worked(
      (acme, connectionId) => acme.sources.start(null, { plugin: 'ledger', part: 'people', connectionId }),
      40,
    )
    const { run, acme } = left
    expect(run, run.error?.message).toMatchObject({
      state: 'done',
      progress: { done: count, counts: { created: count, failed: 0 } },
    })
    expect((await acme.rows.count(run.tableId ?? '')).count).toBe(count)
  })

  it.each([
    ['send_keyed', 0],
    ['send_once', kills * 10],
  ] as const)(
    `act on no row twice by %s, and account for each (${kills} kills, OPSLAYER_FUZZ_SEED=${seed})`,
    { timeout: 900_000 },
    async (part, mostUnknown) => {
      await using left = await worked(async (acme, connectionId) => {
        const table = await acme.tables.create({ name: 'People', columns: [{ name: 'Email', type: 'text' }] })
        const rows = Array.from({ length: count }, (_, n) => ({ cells: { email: `p${n}@example.com` } }))
        await acme.rows.insert(table.id, rows)
        const inputs = { to: { column: 'email' } }
        return await acme.actions.start(table.id, { plugin: 'ledger', part, connectionId, inputs })
      }, 20)
      const { run, acme, vendor } = left
      expect(run, run.error?.message).toMatchObject({ state: 'done', progress: { done: count } })
      const { failed = 0, done = 0 } = run.progress.counts
      expect(done + failed).toBe(count)
      expect(failed).toBeLessThanOrEqual(mostUnknown)
      const unknown = await acme.actions.log(run.id, { states: ['failed'], limit: 200 })
      expect(unknown.items.filter(({ code }) => code !== 'OUTCOME_UNKNOWN')).toEqual([])
      expect((await acme.actions.log(run.id, { states: ['calling'] })).items).toEqual([])
      // What the vendor did: each row once at most, and every row that is told to be done.
      const reached = [...vendor.state.sent.values()].map((text) => text.split(' ')[0])
      expect(new Set(reached).size).toBe(reached.length)
      expect(reached.length).toBeGreaterThanOrEqual(done)
      expect(vendor.bill.total).toBe(reached.length)
    },
  )
})
