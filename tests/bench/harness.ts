import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { type MeasureOptions, measureInTurns, type Work } from './measure.ts'
import { type Measurement, summarise } from './measurement.ts'
import { reportTable } from './report-table.ts'
import { type SeededRandom, seededRandom } from './seeded-random.ts'
import { missedTargets, type Targets } from './targets.ts'

/** A benchmark while it runs. */
export interface Bench {
  /** The same numbers in every run. */
  readonly random: SeededRandom
  /** Times one thing. */
  measure(name: string, work: Work, options?: BenchOptions): Promise<void>
  /**
   * Times ours and the limit in turns and reports their ratio: machines are noisy, so a number alone says little.
   * The limit is what cannot be beaten, such as the same query as raw SQL on the ideal table.
   */
  compare(name: string, works: { readonly ours: Work; readonly limit: Work }, options?: BenchOptions): Promise<void>
  /** Notes values that were measured elsewhere, such as sizes or latencies under load. */
  record(name: string, unit: string, samples: readonly number[], limitSamples?: readonly number[]): void
  /**
   * Prints the table and writes raw values to `results/<name>.json`. With `--check` the missed targets come last and the
   * process will exit with 1.
   *
   * @returns the missed targets
   */
  finish(): readonly string[]
}

/** How one thing is measured and reported. */
export interface BenchOptions extends MeasureOptions {
  /** Items that one call handles, to report items per second. */
  readonly itemsPerCall?: number
}

/** Surroundings of a benchmark; the defaults are for the command line. */
export interface BenchSettings {
  /** @default 1 */
  readonly seed?: number
  /** `--check` compares with the targets; `--only=text` measures only what has the text in its name. @default process.argv */
  readonly args?: readonly string[]
  /** @default the content of targets.json */
  readonly targets?: Targets
  /** Folder for raw values. @default `results` beside this file */
  readonly results?: string
  /** Milliseconds. @default performance.now */
  readonly now?: () => number
  /** @default console.log */
  readonly print?: (text: string) => void
}

/**
 * Begins a benchmark.
 *
 * @param name also the name of its targets and of its file of raw values
 */
export function createBench(name: string, settings: BenchSettings = {}): Bench {
  const { seed = 1, args = process.argv.slice(2), now = () => performance.now(), print = console.log } = settings
  const { targets = readTargets(), results = join(import.meta.dirname, 'results') } = settings
  const only = args.find((arg) => arg.startsWith('--only='))?.slice('--only='.length)
  const isWanted = (measure: string): boolean => only === undefined || measure.includes(only)
  const measurements: Measurement[] = []
  const note = (measured: Measurement): void => {
    measurements.push(measured)
    print(`${measured.name} …`)
  }

  return {
    random: seededRandom(seed),
    async measure(measure, work, options = {}) {
      if (!isWanted(measure)) return
      const [samples = []] = await measureInTurns([work], options, now)
      note(summarise(measure, 'ms', samples, { itemsPerCall: options.itemsPerCall }))
    },
    async compare(measure, { ours, limit }, options = {}) {
      if (!isWanted(measure)) return
      const [samples = [], limitSamples = []] = await measureInTurns([ours, limit], options, now)
      note(summarise(measure, 'ms', samples, { limitSamples, itemsPerCall: options.itemsPerCall }))
    },
    record(measure, unit, samples, limitSamples) {
      if (!isWanted(measure)) return
      note(summarise(measure, unit, samples, limitSamples === undefined ? {} : { limitSamples }))
    },
    finish() {
      print(`\n${reportTable(measurements)}\n`)
      mkdirSync(results, { recursive: true })
      const machine = { cpu: cpus()[0]?.model, cores: availableParallelism(), memoryBytes: totalmem() }
      const raw = { name, seed, at: new Date().toISOString(), node: process.version, machine, measurements }
      writeFileSync(join(results, `${name}.json`), `${JSON.stringify(raw, null, 2)}\n`)
      if (!args.includes('--check')) return []
      const missed = missedTargets(
        (targets[name] ?? []).filter((target) => isWanted(target.name)),
        measurements,
      )
      for (const sentence of missed) print(`missed: ${sentence}`)
      if (missed.length > 0) process.exitCode = 1
      return missed
    },
  }
}

function readTargets(): Targets {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'targets.json'), 'utf8')) as Targets
}
