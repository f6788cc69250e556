import assert from 'node:assert/strict'
import type { OrgOps } from '../../org-ops/org-ops.ts'
import type { Run } from '../../runs/run.ts'
import { type Endured, type EnduredRun, faultsOf, faultsToTell, putAsideIn } from './endure-ends.ts'
import type { EngineRoom } from './engine-bench.ts'
import { goOn } from './go-on.ts'
import type { ProcessEnd } from './lifeline.ts'
import { spread } from './spread.ts'

/**
 * Ends the process that starts a run, at its commits to the database: the run is there then, and another process brings it
 * to its end, or nothing of it is, and it is started again. In neither case is anything lost or doubled, or is money put
 * aside for good.
 *
 * @throws AssertionError with what was, and where
 */
export async function endureStart<State, Seen>(
  room: EngineRoom<State>,
  title: string,
  { roundTrips }: { readonly roundTrips: number },
  endured: EnduredRun<State, Seen>,
): Promise<void> {
  const calm = await startWith(room, null, endured)
  const told: string[] = []
  for (const n of spread(calm.commits, roundTrips)) {
    for (const when of ['before', 'after'] as const) {
      const outcome = await startWith(room, { at: 'commit', n, when }, endured)
      const faults = [...outcome.leftovers, ...faultsOf(calm, outcome, endured)]
      if (faults.length > 0) {
        told.push(`${title}: the process that started it ended at ${outcome.where}. ${faults.join(' ')}`)
      }
      if (told.length === faultsToTell) assert.fail(told.join('\n'))
    }
  }
  assert.ok(told.length === 0, told.join('\n'))
}

interface Started<Seen> extends Endured<Seen> {
  /** Of the process that started it, until the run was there. */
  readonly commits: number
  /** Where it ended, in words. */
  readonly where: string
  /** What its end left behind, a sentence each. */
  readonly leftovers: readonly string[]
}

async function startWith<State, Seen>(
  { database, bench: openBench }: EngineRoom<State>,
  end: ProcessEnd | null,
  { prepare, look, repeat }: EnduredRun<State, Seen>,
): Promise<Started<Seen>> {
  await using bench = await openBench()
  const { vendor, acme, ops } = bench
  const start = await prepare(bench)
  const before = { calls: vendor.journal.entries.length, paid: vendor.bill.total }
  const tables = await tablesOf(acme)
  const { life, ops: dying, acme: owner } = bench.another()
  life.endAt(end)
  await start(owner).catch((error: unknown) => {
    if (!life.hasEnded) throw error
  })
  const { commit: commits } = life.counts
  // It may have begun with the run before anybody heard that it is there.
  if (end !== null) {
    life.end()
    await dying.close({ graceMs: 0 }).catch(() => {}) // Its database is gone.
  }
  const [known] = await runsOf(acme)
  const isTableLeft = known === undefined && (await tablesOf(acme)) !== tables
  const standing = () => ({
    calls: vendor.journal.entries.length - before.calls,
    paid: vendor.bill.total - before.paid,
  })
  const run = known ?? (await start(acme))
  const { length: times } = await runsOf(acme)
  const leftovers = [
    ...(times > 1 ? [`It is there ${times} times.`] : []),
    ...(isTableLeft ? ['A table of it is there, and no run.'] : []),
  ]
  const atEnd = end === null ? null : { seen: await look(bench, run), ...standing() }
  const repeated = end === null || known === undefined || repeat === null ? [] : [await repeat(bench, known)]
  const next = end === null ? { ops: dying, acme, life } : { ops, acme, life: null }
  for (const { id } of [run, ...repeated]) await goOn(database, bench, next, id)
  const ended = await acme.runs.get(run.id)
  const seen = await look(bench, ended)
  return {
    run: ended,
    seen,
    ...standing(),
    putAside: await putAsideIn(acme),
    atEnd,
    commits,
    where: life.where,
    leftovers,
  }
}

async function runsOf(acme: OrgOps): Promise<readonly Run[]> {
  return (await acme.runs.list()).items
}

async function tablesOf(acme: OrgOps): Promise<number> {
  return (await acme.tables.list()).items.length
}
