import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createOps, type OrgOps } from '@opslayer/core'
import { expect, it } from 'vitest'
import { seededRandom } from '../bench/seeded-random.ts'
import { describeBothKinds } from '../databases/describe-databases.ts'
import { type Child, nextJson, startChild } from './testing/child.ts'
import { databaseOption, migrated } from './testing/open-ops.ts'
import { paidPlugin, startPaidVendor } from './testing/paid-vendor.ts'
import { checkProvenance } from './testing/provenance.ts'

/** 50 for the full figure: `pnpm fuzz cells`. */
const kills = Number(process.env.OPSLAYER_FUZZ ?? 1)
const isFull = kills > 2
const cells = isFull ? 10_000 : 600
const seed = Number(process.env.OPSLAYER_FUZZ_SEED ?? Date.now() % 1_000_000_000)

const actor = { type: 'user', id: 'u1' } as const

/** Cells of the largest window: what one kill may have asked again. */
const window = 500

async function untilDone(child: Child): Promise<void> {
  for (;;) if (((await nextJson(child)) as { state: string }).state === 'done') return
}

/** Cells that are not done, and why: for who reads of a trial that failed. */
async function cellsLeft(acme: OrgOps, tableId: string): Promise<string[]> {
  const left: string[] = []
  for await (const page of acme.rows.pages(tableId, { limit: 1_000 })) {
    for (const { cells: row, states } of page) {
      const { state = 'done', code = '' } = states?.upper ?? (row.upper === null ? { state: 'empty' } : {})
      if (state !== 'done') left.push(`${row.word}: ${state} ${code}`)
    }
  }
  return left
}

/** Words whose cell is stored. */
async function storedWords(acme: OrgOps, tableId: string): Promise<string[]> {
  const words: string[] = []
  for await (const page of acme.rows.pages(tableId, { filter: { column: 'upper', state: 'done' }, limit: 1_000 })) {
    for (const { cells: row } of page) words.push(String(row.word))
  }
  return words
}

describeBothKinds('a column run whose process is killed', (makeDatabase) => {
  it.each(isFull ? ['upper', 'many'] : ['many'])(
    `pays nothing twice that was stored, by "%s" (${cells} cells, ${kills} kills, OPSLAYER_FUZZ_SEED=${seed})`,
    { timeout: 900_000 },
    async (part) => {
      const random = seededRandom(seed)
      // How often a word was asked for when its cell was first seen stored.
      const paidFor = new Map<string, number>()
      await using vendor = await startPaidVendor()
      await using database = await makeDatabase(migrated)
      const key = randomBytes(32).toString('base64')
      const open = () =>
        createOps({
          database: databaseOption(database),
          plugins: [paidPlugin(vendor.url)],
          encryptionKeys: [{ id: 'k1', key }],
          allowedOrigins: [new URL(vendor.url).origin],
        })
      const made = await (async () => {
        await using ops = open()
        const acme = ops.forOrg({ orgId: 'acme', actor })
        const { id: connectionId } = await acme.connections.connect({ plugin: 'paid', credentials: { key: 'good' } })
        const fill = { plugin: 'paid', part, connectionId, inputs: { word: { column: 'clean' } } }
        const columns = [
          { name: 'Word', type: 'text' },
          { name: 'Clean', formula: 'LOWER(@word)' },
          { name: 'Upper', fill },
        ]
        const table = await acme.tables.create({ name: 'Words', columns })
        const rows = Array.from({ length: cells }, (_, n) => ({ cells: { word: `word${n}` } }))
        await acme.rows.load(table.id, rows)
        return { tableId: table.id, columnId: table.columns[2]?.id ?? '', part, connectionId }
      })()
      const { [Symbol.asyncDispose]: _, ...target } = database
      const args = [JSON.stringify(target), vendor.url, key, made.tableId, made.columnId]
      for (let kill = 0; kill < kills; kill += 1) {
        {
          await using child = startChild('fill-until-killed.ts', ...args)
          await nextJson(child)
          await sleep(random.below(300))
          await child.kill()
        }
        await using ops = open()
        const stored = await storedWords(ops.forOrg({ orgId: 'acme', actor }), made.tableId)
        for (const word of stored) paidFor.set(word, paidFor.get(word) ?? vendor.state.asked.get(word) ?? 0)
      }
      {
        await using last = startChild('fill-until-killed.ts', ...args)
        await untilDone(last)
      }
      await using ops = open()
      const acme = ops.forOrg({ orgId: 'acme', actor })
      expect(await cellsLeft(acme, made.tableId)).toEqual([])
      expect(await storedWords(acme, made.tableId)).toHaveLength(cells)
      const [run] = (await acme.runs.list({ kind: 'column' })).items
      expect(run).toMatchObject({ state: 'done', progress: { done: cells, counts: { done: cells } } })
      for (const [word, times] of vendor.state.asked) {
        const before = paidFor.get(word)
        if (before !== undefined) expect(times, word).toBe(before)
      }
      expect(vendor.bill.total - cells).toBeLessThanOrEqual(kills * window)
      expect(await acme.budgets.spend()).toMatchObject({ items: [{ spent: cells, reserved: 0 }] })
      const provenance = await checkProvenance(acme, { ...made, runId: run?.id ?? '' }, vendor)
      expect(provenance).toEqual({ cells, cost: cells, traced: cells, faults: [] })
    },
  )
})
