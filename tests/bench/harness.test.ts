import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type BenchSettings, createBench } from './harness.ts'
import { seededRandom } from './seeded-random.ts'
import { median, percentile } from './statistics.ts'

/** A benchmark on a clock that only its own work moves. */
function startBench(settings: BenchSettings = {}) {
  const results = mkdtempSync(join(tmpdir(), 'opslayer-bench-'))
  const exitCode = process.exitCode
  onTestFinished(() => {
    process.exitCode = exitCode
    rmSync(results, { recursive: true })
  })
  let clock = 0
  const printed: string[] = []
  const bench = createBench('sample', {
    args: [],
    targets: {},
    results,
    now: () => clock,
    print: (text) => printed.push(text),
    ...settings,
  })
  const take = (ms: number) => () => {
    clock += ms
  }
  return { bench, take, printed, raw: () => JSON.parse(readFileSync(join(results, 'sample.json'), 'utf8')) }
}

describe('a benchmark', () => {
  it('prints medians and keeps the raw values', async () => {
    const { bench, take, printed, raw } = startBench()
    const durations = [900, 5, 1, 3, 2, 4]
    await bench.measure('read', () => take(durations.shift() ?? 0)(), { warmUp: 1, runs: 5, itemsPerCall: 6 })
    bench.finish()
    expect(printed.at(-1)).toMatch(/read +3 +4\.8 +ms +2,000 +5\n/)
    expect(raw()).toMatchObject({ name: 'sample', seed: 1, measurements: [{ name: 'read', samples: [5, 1, 3, 2, 4] }] })
  })

  it('measures ours and the limit in turns and reports the ratio', async () => {
    const { bench, take, raw } = startBench()
    const order: string[] = []
    const ours = () => {
      order.push('ours')
      take(3)()
    }
    const limit = () => {
      order.push('limit')
      take(2)()
    }
    await bench.compare('filter', { ours, limit }, { warmUp: 0, runs: 2, before: take(100) })
    bench.finish()
    expect(order).toEqual(['ours', 'limit', 'ours', 'limit'])
    expect(raw().measurements[0]).toMatchObject({ median: 3, limit: 2, ratio: 1.5, limitSamples: [2, 2] })
  })

  it('divides a sample by its calls', async () => {
    const { bench, take, raw } = startBench()
    await bench.measure('parse', take(0.25), { runs: 1, calls: 8 })
    bench.finish()
    expect(raw().measurements[0].samples).toEqual([0.25])
  })

  it('measures only what was asked for', async () => {
    const { bench, take, raw } = startBench({ args: ['--only=write'] })
    await bench.measure('read', take(1))
    bench.record('write size', 'MB', [3])
    bench.finish()
    expect(raw().measurements.map(({ name }: { name: string }) => name)).toEqual(['write size'])
  })

  const targets = {
    sample: [
      { name: 'read', figure: 'median', max: 10 },
      { name: 'read', figure: 'perSecond', min: 500 },
      { name: 'write', figure: 'ratio', max: 1.5 },
    ],
  } as const

  it('ends with the missed targets and fails', async () => {
    const { bench, take, printed } = startBench({ args: ['--check'], targets })
    await bench.measure('read', take(4), { runs: 1, itemsPerCall: 1 })
    const missed = ['read: perSecond is 250, target at least 500', 'write: ratio was not measured, target at most 1.5']
    expect(bench.finish()).toEqual(missed)
    expect(printed.slice(-2)).toEqual(missed.map((sentence) => `missed: ${sentence}`))
    expect(process.exitCode).toBe(1)
  })

  it('bounds a figure by the limit of its own run', async () => {
    const target = { name: 'read', figure: 'median', overLimit: { times: 1.5, plus: 2 } } as const
    const { bench, take } = startBench({ args: ['--check'], targets: { sample: [target] } })
    await bench.compare('read', { ours: take(9), limit: take(4) }, { runs: 1 })
    expect(bench.finish()).toEqual(['read: median is 9, target at most 8'])
  })

  it('passes when every target is kept', async () => {
    const { bench, take } = startBench({ args: ['--check', '--only=read'], targets })
    await bench.measure('read', take(1), { runs: 1, itemsPerCall: 1 })
    expect(bench.finish()).toEqual([])
    expect(process.exitCode).not.toBe(1)
  })
})

it('interpolates percentiles and refuses to make one of nothing', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5)
  expect(percentile([10, 20], 0.95)).toBe(19.5)
  expect(() => median([])).toThrow('no samples')
})

it('draws the same numbers from the same seed', () => {
  const draw = (seed: number) => {
    const random = seededRandom(seed)
    return Array.from({ length: 1000 }, () => random.below(10))
  }
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).not.toEqual(draw(8))
  expect(new Set(draw(7)).size).toBe(10)
})
