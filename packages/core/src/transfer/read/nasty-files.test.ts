import { describe, expect, it } from 'vitest'
import { isOpsError } from '../../errors/ops-error.ts'
import { nastyFiles } from './testing/nasty-files.ts'
import { readAll } from './testing/read-all.ts'

it('the corpus has at least 60 files', () => {
  expect(Object.keys(nastyFiles).length).toBeGreaterThanOrEqual(60)
})

describe.each(Object.entries(nastyFiles))('%s', (_, file) => {
  if (file.refused !== undefined) {
    it('is refused with a sentence that says why', async () => {
      const error = await readAll(file.bytes(), { known: file.known ?? {} }).catch((thrown: unknown) => thrown)
      expect(isOpsError(error)).toBe(true)
      expect(String(error)).toContain(file.refused)
    })
    return
  }

  it('is read as expected, with every record accepted or rejected', async () => {
    const { inspection, batches, records, lines, numbers, rejected } = await readAll(file.bytes(), {
      known: file.known ?? {},
    })
    if (file.format !== undefined) expect(inspection.format).toMatchObject(file.format)
    if (file.columns !== undefined) expect(inspection.columns.map(({ name }) => name)).toEqual(file.columns)
    if (file.records !== undefined) expect(records).toEqual(file.records)
    if (file.lines !== undefined) expect(lines).toEqual(file.lines)
    if (file.warning !== undefined) expect(inspection.warnings.join(' ')).toContain(file.warning)
    expect(rejected.map(({ line }) => line)).toEqual((file.rejected ?? []).map(([line]) => line))
    for (const [place, [, reason]] of (file.rejected ?? []).entries()) {
      expect(rejected[place]?.reason).toContain(reason)
    }
    const all = [...numbers, ...rejected.map(({ record }) => record)].sort((a, b) => a - b)
    expect(all).toEqual(Array.from({ length: batches.at(-1)?.end.record ?? 0 }, (__, at) => at))
  })
})
