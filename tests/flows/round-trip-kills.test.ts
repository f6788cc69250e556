import { createOps, type OpsOptions, type OrgOps, type Run } from '@opslayer/core'
import { startSimulator } from '@opslayer/core/testing'
import { expect, it } from 'vitest'
import { seededRandom } from '../bench/seeded-random.ts'
import { describeOneServer } from '../databases/describe-databases.ts'
import { withClient } from '../databases/with-client.ts'
import { ledger, ledgerKey, ledgerPeople, ledgerSimulator } from './testing/ledger-vendor.ts'
import { mortalPool } from './testing/mortal-pool.ts'
import { migrated } from './testing/open-ops.ts'
import { paidPlugin, startPaidVendor } from './testing/paid-vendor.ts'

/** Whether a process dies at every round trip of each kind of run, `pnpm fuzz round-trips`, and not at one of them. */
const isFull = process.env.OPSLAYER_FUZZ !== undefined
/** Round trips that runs of these sizes surely have. */
const surely = 25
const seed = Number(process.env.OPSLAYER_FUZZ_SEED ?? Date.now() % 1_000_000_000)

const actor = { type: 'user', id: 'u1' } as const
const encryptionKeys = [{ id: 'k1', key: Buffer.alloc(32, 9).toString('base64') }]
const words = ['ada', 'bob', 'eve', 'dan', 'kim']

/** Round trips that no run of these sizes reaches. */
const beyond = 400

/** Places at which processes die beside each other. */
const atOnce = 3

interface Trial {
  readonly start: (acme: OrgOps, name: string) => Promise<Run>
  /** Looks whether all is as if nothing had happened. */
  readonly check: (acme: OrgOps, run: Run, name: string) => Promise<void>
}

describeOneServer('runs whose process dies at a round trip to the database', (makeDatabase) => {
  it(`lose nothing, and have nothing done twice that they knew of (OPSLAYER_FUZZ_SEED=${seed})`, {
    timeout: 900_000,
  }, async () => {
    const random = seededRandom(seed)
    await using database = await makeDatabase(migrated)
    await using paid = await startPaidVendor()
    await using vendor = await startSimulator(ledgerSimulator, { seed: ledgerPeople(25) })
    const options: Omit<OpsOptions, 'database'> = {
      plugins: [paidPlugin(paid.url), ledger(vendor.url)],
      encryptionKeys,
      allowedOrigins: [paid.url, vendor.url].map((url) => new URL(url).origin),
      leaseMs: 1_000,
    }
    await using heir = createOps({ ...options, database: database.url })
    const acme = heir.forOrg({ orgId: 'acme', actor })
    const paidId = (await acme.connections.connect({ plugin: 'paid', credentials: { key: 'good' } })).id
    const ledgerId = (await acme.connections.connect({ plugin: 'ledger', credentials: ledgerKey })).id
    heir.startWorker({ everyMs: 50 })

    const column = (part: string): Trial => ({
      start: async (mortal, name) => {
        const inputs = { word: { formula: `@word & "${name}"` } }
        const fill = { plugin: 'paid', part, connectionId: paidId, inputs }
        const table = await acme.tables.create({
          name,
          columns: [
            { name: 'Word', type: 'text' },
            { name: 'Upper', fill },
          ],
        })
        const rows = words.map((word) => ({ cells: { word } }))
        await acme.rows.insert(table.id, rows)
        return await mortal.cells.run(table.id, 'upper')
      },
      check: async (_, run, name) => {
        const { rows } = await acme.rows.page(run.tableId ?? '')
        expect(rows.map(({ cells }) => cells.upper)).toEqual(words.map((word) => `${word}${name}`.toUpperCase()))
        for (const word of words) expect(paid.state.asked.get(`${word}${name}`), word).toBeLessThanOrEqual(2)
      },
    })
    const trials: Readonly<Record<string, Trial>> = {
      cells: column('upper'),
      batches: column('many'),
      action: {
        start: async (mortal, name) => {
          const table = await acme.tables.create({ name, columns: [{ name: 'Word', type: 'text' }] })
          const rows = words.map((word) => ({ cells: { word: `${word}${name}` } }))
          await acme.rows.insert(table.id, rows)
          const inputs = { to: { column: 'word' } }
          return await mortal.actions.start(table.id, {
            plugin: 'ledger',
            part: 'send_keyed',
            connectionId: ledgerId,
            inputs,
          })
        },
        check: async (_, run, name) => {
          expect(run.progress).toMatchObject({ done: words.length, counts: { done: words.length } })
          const sent = [...vendor.state.sent.values()].filter((text) => text.includes(`${name} `))
          expect(sent).toHaveLength(words.length)
        },
      },
      source: {
        start: (mortal) => mortal.sources.start(null, { plugin: 'ledger', part: 'people', connectionId: ledgerId }),
        check: async (_, run) => {
          expect(run.progress).toMatchObject({ done: 25, counts: { created: 25, failed: 0 } })
          expect((await acme.rows.count(run.tableId ?? '')).count).toBe(25)
        },
      },
    }

    /** @returns whether the process died before its run was over */
    async function die({ start, check }: Trial, name: string, n: number, when: 'before' | 'after'): Promise<boolean> {
      await using pool = mortalPool(database.url)
      const mortal = createOps({ ...options, database: pool })
      const mortalAcme = mortal.forOrg({ orgId: 'acme', actor })
      const run = await start(mortalAcme, name)
      let isDead = false
      const died = pool.dieAt(n, when).then(() => {
        isDead = true
      })
      await Promise.race([died, mortalAcme.runs.wait(run.id).catch(() => died)])
      await mortal.close({ graceMs: 0 }).catch(() => {}) // Its database is gone.
      const ended = await acme.runs.wait(run.id)
      expect(ended, `${name}: ${ended.error?.message}`).toMatchObject({ state: 'done' })
      await check(acme, ended, name)
      return isDead
    }

    const dieAt = async (kind: string, trial: Trial, places: readonly number[]): Promise<readonly boolean[]> => {
      const ends = ['before', 'after'] as const
      return await Promise.all(
        places.flatMap((at) => ends.map((when) => die(trial, `${kind}-${when}-${at}`, at, when))),
      )
    }
    const kinds = Object.entries(trials)
    if (!isFull) {
      await Promise.all(kinds.map(([kind, trial]) => dieAt(kind, trial, [1 + random.below(surely)])))
      return
    }
    for (const [kind, trial] of kinds) {
      for (let n = 1; n < beyond; n += atOnce) {
        const died = await dieAt(
          kind,
          trial,
          Array.from({ length: atOnce }, (_, place) => n + place),
        )
        if (died.includes(true)) continue
        console.log(`${kind}: died at each of ${n - 1} round trips`)
        break
      }
    }
  })

  it('leave of a trial on three rows no budget put aside for long', async () => {
    await using database = await makeDatabase(migrated)
    await using paid = await startPaidVendor()
    const options: Omit<OpsOptions, 'database'> = {
      plugins: [paidPlugin(paid.url)],
      encryptionKeys,
      allowedOrigins: [new URL(paid.url).origin],
    }
    await using heir = createOps({ ...options, database: database.url })
    const acme = heir.forOrg({ orgId: 'acme', actor })
    const { id: connectionId } = await acme.connections.connect({ plugin: 'paid', credentials: { key: 'good' } })
    await acme.budgets.set({ unit: 'credit', perMonth: 3 })
    const { id: tableId } = await acme.tables.create({ name: 'Words', columns: [{ name: 'Word', type: 'text' }] })
    const rows = ['ada', 'bob', 'eve'].map((word) => ({ cells: { word } }))
    await acme.rows.insert(tableId, rows)
    const fill = { plugin: 'paid', part: 'upper', connectionId, inputs: { word: { column: 'word' } } }

    await using pool = mortalPool(database.url)
    const mortal = createOps({
      ...options,
      database: pool,
      fetch: async (url, init) => {
        const answer = await fetch(url, init)
        void pool.dieAt(1, 'before')
        return answer
      },
    })
    const tried = mortal.forOrg({ orgId: 'acme', actor }).cells.preview(tableId, { fill, ask: true })
    await expect(tried).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
    await mortal.close({ graceMs: 0 }).catch(() => {}) // Its database is gone.

    expect(await acme.budgets.list()).toMatchObject([{ spent: 0, reserved: 3 }])
    await expect(acme.cells.preview(tableId, { fill, ask: true })).rejects.toMatchObject({ code: 'QUOTA_EXHAUSTED' })
    await withClient(database.url, (client) =>
      client.query("update opslayer.spend set held_until = held_until - interval '1 hour'"),
    )
    expect(await acme.budgets.list()).toMatchObject([{ spent: 0, reserved: 0 }])
    expect(await acme.cells.preview(tableId, { fill, ask: true })).toMatchObject({ cost: { amount: 3 } })
    expect(await acme.budgets.list()).toMatchObject([{ spent: 3, reserved: 0 }])
  })
})
