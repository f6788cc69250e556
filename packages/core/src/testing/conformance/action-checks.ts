import assert from 'node:assert/strict'
import type { AnyActionPart } from '../../plugin/action-part.ts'
import type { Outcome } from '../../plugin/cell-outcome.ts'
import type { Fault } from '../simulator/simulator-faults.ts'
import { type CheckBench, fitting, onBench } from './check-bench.ts'
import { endWithSignal } from './column-checks.ts'
import type { ActionTrial, PluginCheck, PluginTrial } from './plugin-trial.ts'

interface Row {
  readonly key: string
  readonly inputs: unknown
  readonly idempotencyKey: string
}

/** What must hold of an action. */
export async function actionChecks<State>(
  trial: PluginTrial<State>,
  part: AnyActionPart,
  { settings: given, rows: inputs, effects }: ActionTrial<State>,
): Promise<readonly PluginCheck[]> {
  const settings = await fitting(part.settings, given, `Settings of action "${part.id}"`)
  const rows: Row[] = []
  for (const [place, each] of inputs.entries()) {
    const checked = await fitting(part.inputs, each, `Inputs of action "${part.id}"`)
    rows.push({ key: `row ${place}`, inputs: checked, idempotencyKey: `trial-${place}` })
  }
  const title = `action ${part.id}`
  const bench = (work: (bench: CheckBench<State>) => Promise<void>): Promise<void> =>
    onBench(trial, trial.credentials, work)

  async function act({ ctx }: CheckBench<State>): Promise<ReadonlyMap<string, Outcome<unknown>>> {
    const { row, batch } = part
    const outcomes = new Map<string, Outcome<unknown>>()
    if (row !== undefined) {
      for (const { key, ...each } of rows) outcomes.set(key, await row(ctx, { ...each, settings }))
      return outcomes
    }
    const maxRows = batch?.maxRows ?? 1
    for (let from = 0; from < rows.length; from += maxRows) {
      const some = rows.slice(from, from + maxRows)
      const answered = await batch?.run(ctx, { rows: some, settings, idempotencyKey: `trial-${from}` })
      for (const [key, outcome] of answered ?? []) outcomes.set(key, outcome)
    }
    return outcomes
  }

  /** However often it is tried, the vendor acts on no row twice. */
  const onceEach = (name: string, fault: Fault): PluginCheck => ({
    name: `${title}: the vendor acts on no row twice when it ${name}`,
    run: () =>
      bench(async (at) => {
        at.vendor.faults.add(fault)
        await act(at).catch(at.caught)
        // After a crash the engine repeats what may be repeated.
        if (part.idempotency !== 'at-most-once') await act(at)
        const acted = effects(at.vendor)
        assert.ok(acted <= rows.length, `The vendor has acted ${acted} times for ${rows.length} rows.`)
        if (part.idempotency !== 'at-most-once') assert.equal(acted, rows.length)
      }),
  })

  return [
    {
      name: `${title}: every row is acted on once, with an output that fits`,
      run: () =>
        bench(async (at) => {
          const outcomes = await act(at)
          assert.deepEqual([...outcomes.keys()].sort(), rows.map(({ key }) => key).sort())
          for (const outcome of outcomes.values()) {
            assert.equal(outcome.status, 'done')
            if (outcome.status === 'done') await fitting(part.output, outcome.value, 'The output')
          }
          assert.equal(effects(at.vendor), rows.length)
        }),
    },
    onceEach('cuts the connection after it has acted', { kind: 'cut', when: 'after-effect' }),
    onceEach('cuts the connection before it acts', { kind: 'cut', when: 'before-effect' }),
    onceEach('is throttled', { kind: 'answer', answer: { status: 429, headers: { 'retry-after': '0' } }, times: 2 }),
    onceEach('fails for a moment', { kind: 'answer', answer: { status: 503 } }),
    { name: `${title}: it ends with its signal`, run: () => bench((at) => endWithSignal(at, () => act(at))) },
  ]
}
