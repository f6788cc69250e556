import assert from 'node:assert/strict'
import type { OrgOps } from '../../org-ops/org-ops.ts'
import type { Run } from '../../runs/run.ts'
import type { EngineBench, EngineRoom } from './engine-bench.ts'
import { goOn } from './go-on.ts'
import type { ProcessEnd, Reach } from './lifeline.ts'
import { spread } from './spread.ts'

/** How densely ends are spread over a run. */
export interface EndsOptions {
  /** Calls of the vendor at which the process ends. */
  readonly calls: number
  /** Round trips to the database at which it does. */
  readonly roundTrips: number
}

/** A run of a part, and what must come of it whatever process ends. */
export interface EnduredRun<State, Seen> {
  /** Makes what the run works on. @returns what starts it */
  prepare(at: EngineBench<State>): Promise<(acme: OrgOps) => Promise<Run>>
  /** What there is to see of its work. */
  look(at: EngineBench<State>, run: Run): Promise<Seen>
  /** Starts the same once more, after which nothing must look different; null where that is not to be. */
  readonly again: ((at: EngineBench<State>, run: Run) => Promise<Run>) | null
  /** Starts it once more, as somebody does who was not told that it was started: nothing is doubled; null where it is another one. */
  readonly repeat: ((at: EngineBench<State>, run: Run) => Promise<Run>) | null
  /** What was lost or doubled, a sentence each. */
  faults(calm: Endured<Seen>, endured: Endured<Seen>): readonly string[]
}

/** How a run went. */
export interface Endured<Seen> {
  readonly run: Run
  readonly seen: Seen
  /** Requests that the vendor had got, and what it had charged. */
  readonly calls: number
  readonly paid: number
  /** What is put aside of budgets in the end, all units together. */
  readonly putAside: number
  /** What there was to see, and to pay, when its process ended; null where none did. */
  readonly atEnd: { readonly seen: Seen; readonly calls: number; readonly paid: number } | null
}

/** Calls that a process which takes over may make beyond those of a whole run: polls, repeats. */
const spareCalls = 12

/** A run that ends wrong in so many ways need not be tried in others. */
export const faultsToTell = 3

/**
 * Lets a run go on to its end in calm, then once more for each place where its process ends: another one takes it over.
 *
 * @throws AssertionError with what was lost or doubled, and where
 */
export async function endureEnds<State, Seen>(
  room: EngineRoom<State>,
  title: string,
  options: EndsOptions,
  endured: EnduredRun<State, Seen>,
): Promise<void> {
  const calm = await runWith(room, null, endured, title)
  assert.equal(
    calm.run.state,
    'done',
    `${title}: in calm already. The run is ${calm.run.state}: ${calm.run.error?.message}`,
  )
  const found = [...endured.faults(calm, calm), ...stuckMoney(calm)]
  assert.ok(found.length === 0, `${title}: in calm already. ${found.join(' ')}`)
  const told: string[] = []
  for (const end of endsOf(calm.reached, options)) {
    const outcome = await runWith(room, end, endured, title)
    const faults = faultsOf(calm, outcome, endured)
    if (faults.length > 0) told.push(`${title}: its process ended at ${outcome.where}. ${faults.join(' ')}`)
    if (told.length === faultsToTell) break
  }
  assert.ok(told.length === 0, told.join('\n'))
}

/** What was lost or doubled, a sentence each. */
export function faultsOf<State, Seen>(
  calm: Endured<Seen>,
  outcome: Endured<Seen>,
  { faults }: EnduredRun<State, Seen>,
): readonly string[] {
  const { run, calls } = outcome
  if (run.state !== 'done')
    return [`The run is ${run.state} for good: ${run.error?.message ?? 'nobody goes on with it'}.`]
  const most = 2 * calm.calls + spareCalls
  const unbounded = calls > most ? [`The vendor was called ${calls} times in place of ${calm.calls}.`] : []
  return [...faults(calm, outcome), ...unbounded, ...stuckMoney(outcome)]
}

function stuckMoney({ putAside }: Pick<Endured<unknown>, 'putAside'>): readonly string[] {
  return putAside === 0 ? [] : [`${putAside} of budgets are put aside for good.`]
}

/** Places spread evenly over a run, each before and after what happens there. */
function endsOf(reached: Readonly<Record<Reach, number>>, { calls, roundTrips }: EndsOptions): readonly ProcessEnd[] {
  const both = ['before', 'after'] as const
  const atCalls = spread(reached.call, calls).flatMap((n) => both.map((when) => ({ at: 'call' as const, n, when })))
  const isDense = roundTrips >= reached['round trip']
  const atTrips = spread(reached['round trip'], roundTrips).flatMap((n, place) =>
    both.filter((_, side) => isDense || side === place % 2).map((when) => ({ at: 'round trip' as const, n, when })),
  )
  return [...atCalls, ...atTrips]
}

type Reached = { readonly reached: Readonly<Record<Reach, number>>; readonly where: string }

async function runWith<State, Seen>(
  room: EngineRoom<State>,
  end: ProcessEnd | null,
  { prepare, look, again }: EnduredRun<State, Seen>,
  title: string,
): Promise<Endured<Seen> & Reached> {
  await using bench = await room.bench()
  const { vendor, acme, ops } = bench
  const start = await prepare(bench)
  const before = { calls: vendor.journal.entries.length, paid: vendor.bill.total }
  const standing = () => ({
    calls: vendor.journal.entries.length - before.calls,
    paid: vendor.bill.total - before.paid,
  })
  const worker = bench.another()
  // The calls of a run may begin before whoever starts it hears of that; what it takes to start it is not the run's.
  if (end?.at === 'call') worker.life.endAt(end)
  const { id } = await start(worker.acme)
  if (end?.at !== 'call') worker.life.endAt(end)
  await goOn(room.database, bench, worker, id)
  const reached = { ...worker.life.counts }
  let atEnd: Endured<Seen>['atEnd'] = null
  if (worker.life.hasEnded) {
    await worker.ops.close({ graceMs: 0 }).catch(() => {}) // Its database is gone.
    atEnd = { seen: await look(bench, await acme.runs.get(id)), ...standing() }
    await goOn(room.database, bench, { ops, acme, life: null }, id)
  }
  const run = await acme.runs.get(id)
  const putAside = await putAsideIn(acme)
  const outcome = {
    run,
    seen: await look(bench, run),
    ...standing(),
    putAside,
    atEnd,
    reached,
    where: worker.life.where,
  }
  if (end === null && again !== null && run.state === 'done') {
    const repeated = await again(bench, run)
    await goOn(room.database, bench, { ops, acme, life: null }, repeated.id)
    const seen = await look(bench, await acme.runs.get(repeated.id))
    const [first, second] = [outcome.seen, seen].map((each) => JSON.stringify(each))
    assert.equal(second, first, `${title}: it was ${first}, and is ${second} when it is asked for anew.`)
  }
  return outcome
}

/** What an org has put aside of its budgets. */
export async function putAsideIn(acme: OrgOps): Promise<number> {
  const { items } = await acme.budgets.spend()
  return items.reduce((all, { reserved }) => all + reserved, 0)
}
