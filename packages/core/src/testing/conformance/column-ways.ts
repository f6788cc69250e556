import type { Outcome, Outcomes } from '../../plugin/cell-outcome.ts'
import type { AnyColumnPart, CellQuestion } from '../../plugin/column-part.ts'
import type { CheckBench } from './check-bench.ts'

/** What became of a cell: its outcome, or what was thrown in its place. */
export type Settled = Outcome<unknown> | { readonly status: 'threw'; readonly error: unknown }

/** One of the ways in which a column part obtains cells. */
export interface ColumnWay {
  readonly name: 'cell' | 'batch' | 'task'
  ask(
    bench: CheckBench<unknown>,
    cells: readonly CellQuestion<unknown>[],
    settings: unknown,
  ): Promise<ReadonlyMap<string, Settled>>
}

/** Polls of a task, after which it is lost. */
const pollsAtMost = 1_000

/** The ways of a part that fit the settings and the number of cells. */
export function waysOf(part: AnyColumnPart, settings: unknown, cells: number): readonly ColumnWay[] {
  const ways: ColumnWay[] = []
  const { cell, batch, task } = part
  if (cell !== undefined) {
    ways.push({
      name: 'cell',
      ask: async ({ ctx, caught }, questions) => {
        const settled = questions.map(async ({ key, inputs }) => {
          const outcome = await settle(() => cell(ctx, { inputs, settings }), caught)
          return [key, outcome] as const
        })
        return new Map(await Promise.all(settled))
      },
    })
  }
  if (batch !== undefined) {
    ways.push({
      name: 'batch',
      ask: async ({ ctx, caught }, questions) => {
        const all = new Map<string, Settled>()
        for (let from = 0; from < questions.length; from += batch.maxCells) {
          const some = questions.slice(from, from + batch.maxCells)
          await spread(all, some, caught, async () => await batch.run(ctx, { cells: some, settings }))
        }
        return all
      },
    })
  }
  if (task !== undefined && cells >= (task.minCells ?? 1) && (task.when?.(settings) ?? true)) {
    ways.push({
      name: 'task',
      ask: async (bench, questions) => {
        const all = new Map<string, Settled>()
        await spread(all, questions, bench.caught, () => workOff(part, task, bench, questions, settings))
        return all
      },
    })
  }
  return ways
}

async function settle(work: () => Promise<Outcome<unknown>>, caught: (error: unknown) => void): Promise<Settled> {
  try {
    return await work()
  } catch (error) {
    caught(error)
    return { status: 'threw', error }
  }
}

/** Puts the outcomes of several cells in, or one error for all of them. */
async function spread(
  into: Map<string, Settled>,
  cells: readonly CellQuestion<unknown>[],
  caught: (error: unknown) => void,
  work: () => Promise<Outcomes<unknown>>,
): Promise<void> {
  try {
    for (const [key, outcome] of await work()) into.set(key, outcome)
  } catch (error) {
    caught(error)
    for (const { key } of cells) into.set(key, { status: 'threw', error })
  }
}

/** Takes a task from its submission to its results; the vendor's time passes as fast as it is asked. */
async function workOff(
  part: AnyColumnPart,
  task: NonNullable<AnyColumnPart['task']>,
  { ctx, vendor }: CheckBench<unknown>,
  cells: readonly CellQuestion<unknown>[],
  settings: unknown,
): Promise<Outcomes<unknown>> {
  const callbackUrl = (webhook: string): string => `https://host.example.com/webhooks/${part.id}/${webhook}`
  const submitted = await task.submit(ctx, { cells, settings, idempotencyKey: 'trial', callbackUrl })
  let { state } = submitted
  for (let polls = 0; ; polls += 1) {
    if (polls > pollsAtMost) throw new Error(`The task was not over after ${pollsAtMost} polls.`)
    const progress = await task.poll(ctx, { state, settings })
    if (progress.status === 'failed') {
      return cells.map(({ key }) => [key, { ...progress, status: 'failed' }] as const)
    }
    state = progress.state ?? state
    if (progress.status === 'finished') break
    await vendor.clock.advance(progress.afterMs ?? task.pollEveryMs ?? 10_000)
  }
  const outcomes = [...(submitted.outcomes ?? [])]
  let cursor: string | undefined
  do {
    const page = await task.collect(ctx, { state, cells, settings, cursor })
    outcomes.push(...page.outcomes)
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return outcomes
}
