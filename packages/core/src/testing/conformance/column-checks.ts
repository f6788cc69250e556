import assert from 'node:assert/strict'
import type { AnyColumnPart, CellQuestion } from '../../plugin/column-part.ts'
import { type BuiltInColumnTypeId, builtInColumnTypes } from '../../values/built-in-types.ts'
import type { AnyColumnType } from '../../values/column-type.ts'
import type { Fault } from '../simulator/simulator-faults.ts'
import { type CheckBench, fitting, onBench, within } from './check-bench.ts'
import { type ColumnWay, type Settled, waysOf } from './column-ways.ts'
import type { ColumnTrial, PluginCheck, PluginTrial } from './plugin-trial.ts'

/** Calls that repeating may add to those that are needed. */
const spareCalls = 12

/** Faults that pass by themselves: the outcome is the same in the end, or it is said that it could not be had. */
const passing: readonly (readonly [name: string, fault: Fault])[] = [
  ['is throttled', { kind: 'answer', answer: { status: 429, headers: { 'retry-after': '0' } }, times: 2 }],
  ['fails for a moment', { kind: 'answer', answer: { status: 503, body: 'Back soon' }, times: 2 }],
  ['cuts the connection before it acts', { kind: 'cut', when: 'before-effect' }],
  ['cuts the connection after it has acted', { kind: 'cut', when: 'after-effect' }],
]

/** Answers that are none. */
const broken: readonly (readonly [name: string, fault: Fault])[] = [
  ['breaks off its JSON', { kind: 'malformed', times: Number.POSITIVE_INFINITY }],
  [
    'answers with a page of HTML',
    {
      kind: 'answer',
      answer: { headers: { 'content-type': 'text/html' }, body: '<html>Maintenance</html>' },
      times: Number.POSITIVE_INFINITY,
    },
  ],
  ['answers with an empty object', { kind: 'drift', change: () => ({}), times: Number.POSITIVE_INFINITY }],
  ['answers with null', { kind: 'drift', change: () => null, times: Number.POSITIVE_INFINITY }],
]

/** What must hold of a column part, in each way in which it obtains cells. */
export async function columnChecks<State>(
  trial: PluginTrial<State>,
  part: AnyColumnPart,
  column: ColumnTrial,
): Promise<readonly PluginCheck[]> {
  const settings = await fitting(part.settings, column.settings, `Settings of column "${part.id}"`)
  const cells: CellQuestion<unknown>[] = []
  for (const [place, each] of column.cells.entries()) {
    cells.push({ key: `cell ${place}`, inputs: await fitting(part.inputs, each, `Inputs of column "${part.id}"`) })
  }
  const bench = (work: (bench: CheckBench<State>) => Promise<void>): Promise<void> =>
    onBench(trial, trial.credentials, work)

  return waysOf(part, settings, cells.length).flatMap((way) => {
    const title = `column ${part.id}, ${way.name}`
    return [
      {
        name: `${title}: every cell gets an outcome that fits the column, twice the same for the same question`,
        run: () =>
          bench(async (at) => {
            const twin = { key: 'twin', inputs: cells[0]?.inputs }
            const outcomes = await way.ask(at, [...cells, twin], settings)
            const keys = [...cells.map(({ key }) => key), 'twin']
            for (const key of outcomes.keys()) assert.ok(keys.includes(key), `There is no cell "${key}".`)
            for (const key of keys) assertFits(part, key, outcomes.get(key))
            assert.deepEqual(essence(outcomes.get('twin')), essence(outcomes.get('cell 0')))
          }),
      },
      ...passing.map(([what, fault]) => ({
        name: `${title}: the outcomes are the same, or said to be missing, when the vendor ${what}`,
        run: () => bench((at) => compareWithCalm(trial, at, way, cells, settings, fault)),
      })),
      ...broken
        .filter(([, { kind }]) => kind !== 'drift' || column.anyShape !== true)
        .map(([what, fault]) => ({
          name: `${title}: no cell is done when the vendor ${what}`,
          run: () =>
            bench(async (at) => {
              at.vendor.faults.add(fault)
              const outcomes = await way.ask(at, cells, settings)
              for (const [key, { status }] of outcomes) assert.notEqual(status, 'done', `${key} is done all the same.`)
            }),
        })),
      {
        name: `${title}: it ends with its signal`,
        run: () => bench((at) => endWithSignal(at, () => way.ask(at, cells, settings))),
      },
    ]
  })
}

function assertFits(part: AnyColumnPart, key: string, outcome: Settled | undefined): void {
  assert.ok(outcome !== undefined, `${key} has no outcome.`)
  if (outcome.status === 'threw') throw outcome.error
  if (outcome.status !== 'done' || outcome.value === null) return
  const { value } = part
  const { type, settings = {} } = typeof value === 'string' ? { type: value } : value
  const columnType: AnyColumnType = builtInColumnTypes[type as BuiltInColumnTypeId]
  const context = { locale: 'en-US', timeZone: 'UTC', now: new Date() }
  const parsed = columnType.parse(outcome.value, columnType.settings.parse(settings), context)
  assert.ok(parsed.ok, `The value of ${key} is none of the column type "${type}".`)
  assert.deepEqual(parsed.value, outcome.value, `The value of ${key} is not in the form that "${type}" stores.`)
}

/** What of an outcome must not depend on luck. */
function essence(outcome: Settled | undefined): unknown {
  if (outcome?.status === 'done') return { status: 'done', value: outcome.value }
  return { status: outcome?.status }
}

async function compareWithCalm<State>(
  trial: PluginTrial<State>,
  at: CheckBench<State>,
  way: ColumnWay,
  cells: readonly CellQuestion<unknown>[],
  settings: unknown,
  fault: Fault,
): Promise<void> {
  let calm: ReadonlyMap<string, Settled> = new Map()
  let calls = 0
  await onBench(trial, trial.credentials, async (other) => {
    calm = await way.ask(other, cells, settings)
    calls = other.vendor.journal.entries.length
  })
  at.vendor.faults.add(fault)
  const outcomes = await way.ask(at, cells, settings)
  for (const { key } of cells) {
    const outcome = outcomes.get(key)
    const isMissing = outcome === undefined || outcome.status === 'threw' || outcome.status === 'failed'
    if (!isMissing) assert.deepEqual(essence(outcome), essence(calm.get(key)), `${key} is another one than in calm.`)
  }
  const made = at.vendor.journal.entries.length
  assert.ok(made <= calls + spareCalls, `${made} calls were made in place of ${calls}.`)
}

/** A call under way ends when its signal aborts, and does not pretend to have an outcome. */
export async function endWithSignal<State>(at: CheckBench<State>, work: () => Promise<unknown>): Promise<void> {
  at.vendor.faults.add({ kind: 'latency', ms: 60_000, times: Number.POSITIVE_INFINITY })
  const reason = new Error('The run was cancelled.')
  const timer = setTimeout(() => at.stop(reason), 100)
  try {
    await within(2_000, work().catch(at.caught))
  } finally {
    clearTimeout(timer)
  }
}
