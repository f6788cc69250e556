import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import { faultsToTell } from './endure-ends.ts'
import type { EngineBench, EngineRoom } from './engine-bench.ts'
import { hookAddress, untilHandled } from './inbox.ts'
import { asRecord, requestFor } from './input-table.ts'
import type { ProcessEnd } from './lifeline.ts'
import type { PluginTrial, WebhookTrial } from './plugin-trial.ts'
import { receiving, secretIn } from './receiving.ts'
import { spread } from './spread.ts'

/** What a trial of a webhook needs. */
export type ReceiptTrial<State> = Pick<PluginTrial<State>, 'sources'> & {
  readonly webhook: string
  readonly messages: readonly WebhookTrial['message'][]
}

/**
 * Ends the process that receives webhooks, at its commits to the database: before it has stored one, once it has and the
 * vendor has no answer, while it deals with it. The vendor sends again what was not answered, and another process goes on.
 * What comes of all is as in calm.
 *
 * @throws AssertionError with what was lost or doubled, and where
 */
export async function endureReceipt<State>(
  room: EngineRoom<State>,
  { roundTrips }: { readonly roundTrips: number },
  trial: ReceiptTrial<State>,
): Promise<void> {
  const title = `webhook ${trial.webhook}`
  const calm = await receiveWith(room, null, trial)
  assert.ok(calm.faults.length === 0, `${title}: in calm already. ${calm.faults.join(' ')}`)
  const told: string[] = []
  const ofFirst = spread(calm.commitsOfFirst, calm.commitsOfFirst)
  for (const n of new Set([...ofFirst, ...spread(calm.commits, roundTrips)])) {
    for (const when of ['before', 'after'] as const) {
      const { where, faults, effects } = await receiveWith(room, { at: 'commit', n, when }, trial)
      const others = Object.keys({ ...calm.effects, ...effects })
        .filter((what) => !isDeepStrictEqual(effects[what], calm.effects[what]))
        .map((what) => `There are ${effects[what] ?? 0} ${what}; in calm there are ${calm.effects[what] ?? 0}.`)
      const all = [...faults, ...others]
      if (all.length > 0) told.push(`${title}: the process that received it ended at ${where}. ${all.join(' ')}`)
      if (told.length === faultsToTell) assert.fail(told.join('\n'))
    }
  }
  assert.ok(told.length === 0, told.join('\n'))
}

interface Received {
  /** Of the process that received them, until all was dealt with. */
  readonly commits: number
  /** Until the first was dealt with. */
  readonly commitsOfFirst: number
  /** Where it ended, in words. */
  readonly where: string
  /** What became of deliveries, a sentence for each that went wrong. */
  readonly faults: readonly string[]
  /** How many of what came of them. */
  readonly effects: Readonly<Record<string, number>>
}

async function receiveWith<State>(
  { database, bench: openBench }: EngineRoom<State>,
  end: ProcessEnd | null,
  trial: ReceiptTrial<State>,
): Promise<Received> {
  await using bench = await openBench()
  const address = await hookAddress(bench, trial.webhook)
  const tableIds = await feedAll(bench, trial)
  const { life, ops: dying } = bench.another()
  const { vendor, ops } = bench
  await using first = await receiving(dying, address)
  await using second = await receiving(ops, address)
  life.endAt(end)
  const deliver = async (message: WebhookTrial['message'], to: string): Promise<boolean> => {
    const status = await vendor.webhooks.send(message(to, secretIn(address))).catch(() => 0) // Cut off.
    return status >= 200 && status < 300
  }
  const unanswered: WebhookTrial['message'][] = []
  let commitsOfFirst = 0
  for (const message of trial.messages) {
    if (!(await deliver(message, life.hasEnded ? second.to : first.to))) unanswered.push(message)
    await untilHandled(bench, { isOver: () => life.hasEnded })
    if (message === trial.messages[0]) commitsOfFirst = life.counts.commit
  }
  const { commit: commits } = life.counts
  const faults: string[] = []
  if (end !== null) {
    life.end()
    await dying.close({ graceMs: 0 }).catch(() => {}) // Its database is gone.
    ops.startWorker({ everyMs: 10 })
  }
  for (const message of unanswered) {
    if (!(await deliver(message, second.to))) faults.push('It is refused when it comes again.')
  }
  const deliveries = await untilHandled(bench, { hurry: database.hurryDeliveries })
  for (const { state, error } of deliveries) {
    if (state !== 'handled') faults.push(`One is ${state}: ${error}`)
    else if (error !== null) faults.push(`One was dealt with in part: ${error}`)
  }
  const effects = { deliveries: deliveries.length, ...(await effectsOf(bench, tableIds)) }
  return { commits, commitsOfFirst, where: life.where, faults, effects }
}

/** Feeds of all sources, which records that come by webhook go to. */
async function feedAll<State>(
  at: EngineBench<State>,
  { sources = {} }: ReceiptTrial<State>,
): Promise<readonly string[]> {
  const tableIds: string[] = []
  for (const id of Object.keys(at.plugin.parts.sources)) {
    const settings = asRecord(sources[id]?.[0]?.settings)
    const { tableId } = await at.acme.sources.create(null, { ...requestFor(at, id), settings })
    tableIds.push(tableId)
  }
  return tableIds
}

async function effectsOf<State>(
  { acme, connectionId }: EngineBench<State>,
  tableIds: readonly string[],
): Promise<Readonly<Record<string, number>>> {
  const effects: Record<string, number> = { rows: 0 }
  for (const tableId of tableIds) effects.rows = (effects.rows ?? 0) + (await acme.rows.count(tableId)).count
  for (const { type } of (await acme.connections.events(connectionId ?? '')).items) {
    const what = `events "${type}"`
    effects[what] = (effects[what] ?? 0) + 1
  }
  return effects
}
