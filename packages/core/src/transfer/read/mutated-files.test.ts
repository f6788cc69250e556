import { expect, it } from 'vitest'
import { isOpsError } from '../../errors/ops-error.ts'
import { seededRandom } from '../../query/testing/random.ts'
import { mutateBytes } from './testing/mutate-bytes.ts'
import { nastyFiles } from './testing/nasty-files.ts'
import { readAll } from './testing/read-all.ts'

const files = Number(process.env.OPSLAYER_FUZZ ?? 4_000)
const seed = Number(process.env.OPSLAYER_FUZZ_SEED ?? Date.now() % 1_000_000_000)

/** Files of the corpus that are small enough to be read thousands of times. */
const origins = Object.values(nastyFiles)
  .map((file) => ({ known: file.known ?? {}, bytes: file.bytes() }))
  .filter(({ bytes }) => bytes.length < 5_000)

it(`${files} mutated files are read or refused, every record accepted or rejected, seed ${seed}`, {
  timeout: 3_600_000,
}, async () => {
  const random = seededRandom(seed)
  const outcomes = { read: 0, refused: 0 }
  const before = process.memoryUsage().heapUsed
  let most = 0
  for (let at = 0; at < files; at += 1) {
    most = Math.max(most, process.memoryUsage().heapUsed)
    const origin = origins[at % origins.length]
    if (origin === undefined) throw new Error('There is no file to mutate.')
    const bytes = mutateBytes(origin.bytes, random)
    const known = random.chance(0.3) ? origin.known : {}
    const limits = { windowBytes: 16, batchRecords: 3, maxRecordLength: 2_000, maxCellLength: 500 }
    try {
      const { batches, numbers, rejected, records } = await readAll(bytes, { known, ...limits })
      const all = [...numbers, ...rejected.map(({ record }) => record)].sort((a, b) => a - b)
      expect(all, `file ${at} of seed ${seed}`).toEqual(all.map((_, place) => place))
      expect(all.length).toBe(batches.at(-1)?.end.record ?? 0)
      expect(records.length).toBe(numbers.length)
      outcomes.read += 1
    } catch (error) {
      if (!isOpsError(error)) throw new Error(`File ${at} of seed ${seed} was not refused but broke.`, { cause: error })
      expect(['INVALID_INPUT', 'LIMIT_EXCEEDED'], error.message).toContain(error.code)
      outcomes.refused += 1
    }
  }
  console.log(`${outcomes.read} read, ${outcomes.refused} refused`)
  expect(most - before).toBeLessThan(200_000_000)
  expect(outcomes.read).toBeGreaterThan(files / 3)
})
