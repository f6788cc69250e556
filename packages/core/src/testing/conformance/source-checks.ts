import assert from 'node:assert/strict'
import type { AnySourcePart } from '../../plugin/source-part.ts'
import { validate } from '../../plugin/validate.ts'
import type { Fault } from '../simulator/simulator-faults.ts'
import { type CheckBench, fitting, onBench } from './check-bench.ts'
import { endWithSignal } from './column-checks.ts'
import type { PluginCheck, PluginTrial, SourceTrial } from './plugin-trial.ts'

const pagesAtMost = 10_000

interface ReadAll {
  readonly keys: readonly string[]
  readonly cursors: readonly (string | undefined)[]
}

/** What must hold of a source. */
export async function sourceChecks<State>(
  trial: PluginTrial<State>,
  part: AnySourcePart,
  { settings: given, records }: SourceTrial,
): Promise<readonly PluginCheck[]> {
  const settings = await fitting(part.settings, given, `Settings of source "${part.id}"`)
  const title = `source ${part.id}`
  const bench = (work: (bench: CheckBench<State>) => Promise<void>): Promise<void> =>
    onBench(trial, trial.credentials, work)

  /** Reads on from a cursor to the end. */
  async function readAll({ ctx }: CheckBench<State>, from?: string): Promise<ReadAll> {
    const keys: string[] = []
    const cursors = [from]
    for (let cursor = from; ; ) {
      const page = await part.readPage(ctx, { settings, cursor, since: undefined })
      for (const record of page.records) keys.push(part.key(await fitting(part.record, record, 'A record')))
      cursor = page.nextCursor
      if (cursor === undefined) return { keys, cursors }
      assert.ok(!cursors.includes(cursor), 'A cursor came twice: the source would never end.')
      assert.ok(cursor.length <= 4_000, 'A cursor has at most 4,000 characters.')
      cursors.push(cursor)
      assert.ok(cursors.length <= pagesAtMost, `There are more than ${pagesAtMost} pages.`)
    }
  }

  const passes = (name: string, fault: Fault): PluginCheck => ({
    name: `${title}: nothing is lost or repeated when the vendor ${name}`,
    run: () =>
      bench(async (at) => {
        at.vendor.faults.add(fault)
        const { keys } = await readAll(at)
        assert.equal(new Set(keys).size, records)
        assert.equal(keys.length, records)
      }),
  })

  /** A page that cannot be read is an error, or gives records that do not fit: never the end. */
  const refuses = (name: string, fault: Fault): PluginCheck => ({
    name: `${title}: it does not end early when the vendor ${name}`,
    run: () =>
      bench(async (at) => {
        at.vendor.faults.add(fault)
        const page = await part.readPage(at.ctx, { settings, cursor: undefined, since: undefined }).catch((error) => {
          at.caught(error)
          return undefined
        })
        if (page === undefined) return
        const checked = await Promise.all(page.records.map((record) => validate(part.record, record)))
        assert.ok(
          checked.some(({ ok }) => !ok) || page.nextCursor !== undefined,
          'The page was taken for the last one.',
        )
      }),
  })

  return [
    {
      name: `${title}: every record is read once, fits its schema and has a key of its own`,
      run: () =>
        bench(async (at) => {
          const { keys } = await readAll(at)
          assert.equal(keys.length, records)
          assert.equal(new Set(keys).size, records)
          for (const key of keys) assert.ok(key !== '' && key.length <= 200, 'A key has 1 to 200 characters.')
        }),
    },
    {
      name: `${title}: each cursor leads on from where its page ended`,
      run: () =>
        bench(async (at) => {
          const whole = await readAll(at)
          for (const cursor of whole.cursors.slice(0, 20)) {
            const rest = await readAll(at, cursor)
            assert.deepEqual(rest.keys, whole.keys.slice(whole.keys.length - rest.keys.length))
          }
        }),
    },
    passes('is throttled', { kind: 'answer', answer: { status: 429, headers: { 'retry-after': '0' } }, times: 2 }),
    passes('cuts the connection in the middle of the pages', { kind: 'cut', when: 'after-effect', after: 1 }),
    passes('fails for a moment', { kind: 'answer', answer: { status: 503 } }),
    ...(records === 0
      ? []
      : [
          refuses('breaks off its JSON', { kind: 'malformed', times: Number.POSITIVE_INFINITY }),
          refuses('answers with an empty object', {
            kind: 'drift',
            change: () => ({}),
            times: Number.POSITIVE_INFINITY,
          }),
          {
            name: `${title}: it ends with its signal`,
            run: () => bench((at) => endWithSignal(at, () => readAll(at))),
          },
        ]),
  ]
}
