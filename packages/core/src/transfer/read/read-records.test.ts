import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { isOpsError } from '../../errors/ops-error.ts'
import { fileFormatSchema } from './file-format.ts'
import { inspectSource } from './inspect-source.ts'
import { openSource } from './open-source.ts'
import { readRecords } from './read-records.ts'
import { maxHeadBytes, type SourceInput } from './source.ts'
import { makeWorkbook, rowXml } from './testing/make-workbook.ts'
import { readAll } from './testing/read-all.ts'

const csv = Buffer.from('a,b\n1,2\n3,4\n')
const format = fileFormatSchema.parse({ kind: 'delimited' })

/** A file that is made as it is read. */
async function* generated(first: string, line: string, bytes: number): AsyncGenerator<Uint8Array> {
  yield Buffer.from(first)
  const chunk = Buffer.from(line.repeat(Math.ceil(65_536 / line.length)))
  for (let given = 0; given < bytes; given += chunk.length) yield chunk
}

describe('a file', () => {
  const inputs: Readonly<Record<string, () => SourceInput>> = {
    'as bytes': () => csv,
    'as a plain Uint8Array': () => new Uint8Array(csv),
    'as a Blob': () => new Blob([csv]),
    'as a Node stream': () => Readable.from([csv.subarray(0, 3), csv.subarray(3)]),
    'as a web stream': () => new Blob([csv]).stream(),
    'as something that can be opened again': () => ({ open: ({ from }) => new Blob([csv.subarray(from)]).stream() }),
  }
  it.each(Object.entries(inputs))('%s is looked at and then read', async (_, input) => {
    expect((await readAll(input())).records).toEqual([
      ['1', '2'],
      ['3', '4'],
    ])
  })

  it('on a disk is read by its path and by its URL', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'opslayer-read-'))
    try {
      const path = join(directory, 'leads.csv')
      await writeFile(path, csv)
      await using source = await openSource(path)
      expect(source).toMatchObject({ name: 'leads.csv', size: 12, path, reopenable: true })
      expect((await readAll(path)).records).toHaveLength(2)
      expect((await readAll(pathToFileURL(path))).records).toHaveLength(2)
      await expect(openSource(directory)).rejects.toThrow('is a directory or a device')
    } finally {
      await rm(directory, { recursive: true })
    }
  })

  it.each([
    ['there is none', '/nowhere/leads.csv', 'There is no such file: leads.csv'],
    ['another URL', new URL('https://acme.com/x.csv'), 'not from https: ones'],
    ['a number', 5 as unknown as SourceInput, 'This is no file'],
    ['nothing', null as unknown as SourceInput, 'This is no file'],
  ])('that is none is refused: %s', async (_, input, message) => {
    const error = await openSource(input).catch((thrown: unknown) => thrown)
    expect(isOpsError(error, 'INVALID_INPUT') && error.message).toContain(message)
  })
})

describe('a stream', () => {
  it('is read once', async () => {
    await using source = await openSource(Readable.from([csv]))
    await Array.fromAsync(readRecords(source, format))
    await expect(Array.fromAsync(readRecords(source, format))).rejects.toThrow('A stream can be read only once')
  })

  it('that holds a workbook is looked at and then read', async () => {
    const bytes = makeWorkbook({ sheets: { S: rowXml('a', 'b') + rowXml(1, 2) } })
    expect((await readAll(Readable.from([bytes]))).records).toEqual([[1, 2]])
  })

  it('of text is refused with a remedy', async () => {
    const stream = Readable.from(['a,b\n']) as unknown as AsyncIterable<Uint8Array>
    await expect(readAll(stream)).rejects.toThrow('The stream gives text, not bytes')
  })

  it('that fails ends the reading with its error', async () => {
    async function* failing() {
      yield csv
      throw new Error('the line is dead')
    }
    await using source = await openSource({ open: failing })
    const seen: unknown[] = []
    await expect(async () => {
      for await (const batch of readRecords(source, format, { batchRecords: 1, windowBytes: 4 }))
        seen.push(...batch.records)
    }).rejects.toThrow('the line is dead')
    expect(seen).toEqual([
      ['1', '2'],
      ['3', '4'],
    ])
  })

  it('that hangs is left when the signal fires, with its reason, and is closed', async () => {
    let closed = false
    const hanging = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(csv),
      cancel: () => {
        closed = true
      },
    })
    await using source = await openSource({
      async *open() {
        try {
          yield csv
          await new Promise(() => {})
        } finally {
          await hanging.cancel()
        }
      },
    })
    const reason = new Error('enough')
    const reading = Array.fromAsync(readRecords(source, format, { signal: AbortSignal.timeout(1) }))
    await expect(reading).rejects.toThrow('aborted due to timeout')
    const aborted = AbortSignal.abort(reason)
    await expect(Array.fromAsync(readRecords(source, format, { signal: aborted }))).rejects.toBe(reason)
    expect(closed).toBe(false)
  })

  it('is closed when the reader leaves', async () => {
    let closed = false
    async function* endless() {
      try {
        for (;;) yield csv
      } finally {
        closed = true
      }
    }
    await using source = await openSource(endless())
    for await (const _ of readRecords(source, format, { batchRecords: 1 })) break
    expect(closed).toBe(true)
  })
})

describe('a cut upload', () => {
  it('is told by the size that was declared', async () => {
    await using source = await openSource({ open: () => new Blob([csv]).stream(), size: 50 })
    const records: unknown[] = []
    const reading = async () => {
      for await (const batch of readRecords(source, format, { batchRecords: 1, windowBytes: 8 }))
        records.push(...batch.records)
    }
    await expect(reading).rejects.toThrow('ended after 12 of its 50 bytes')
    expect(records.length).toBeGreaterThan(0)
  })
})

describe('bounds', () => {
  /** `pnpm fuzz large` reads files of 1 GB. */
  const size = Number(process.env.OPSLAYER_FUZZ ?? 100) * 1_000_000

  it('a quote that is never closed costs one line of a large file, and no memory', { timeout: 600_000 }, async () => {
    await using source = await openSource({
      open: () => generated('a,b\n1,"2\n', '3,some text of a usual line\n', size),
    })
    let records = 0
    let most = 0
    const rejected: unknown[] = []
    const before = usedMemory()
    for await (const batch of readRecords(source, format, { columns: ['a', 'b'] })) {
      records += batch.records.length
      rejected.push(...batch.rejected)
      most = Math.max(most, usedMemory())
    }
    expect(rejected).toEqual([
      {
        line: 2,
        record: 0,
        reason: 'the quote opened on line 2, in cell 2, is not closed within 16,000,000 characters',
        excerpt: expect.stringContaining('1,"2\n3,some text'),
      },
    ])
    expect(records).toBeGreaterThan((size - 17_000_000) / 28)
    expect(most - before).toBeLessThan(300_000_000)
  })

  it('a file in which no quote is closed is refused, and soon', { timeout: 60_000 }, async () => {
    // The delimiter escapes the quote behind it, so that no quote closes another.
    const escaped = fileFormatSchema.parse({ kind: 'delimited', delimiter: '\\', escape: 'backslash' })
    await using source = await openSource({ open: () => generated('a,b\n', 'some text\\"more\n', size) })
    const reading = Array.fromAsync(readRecords(source, escaped, { maxRecordLength: 100_000 }))
    await expect(reading).rejects.toThrow('Quotes do not match in this file')
  })

  it('a line without end is rejected without being held', { timeout: 60_000 }, async () => {
    await using source = await openSource({ open: () => generated('a,b\n', 'x', size) })
    const batches = await Array.fromAsync(readRecords(source, format))
    expect(batches.flatMap(({ rejected }) => rejected.map(({ line }) => line))).toEqual([2])
  })

  it('an element of JSON without end is refused', { timeout: 60_000 }, async () => {
    await using source = await openSource({ open: () => generated('[\n{"a":1},\n{"b":"', 'x', size) })
    const reading = Array.fromAsync(readRecords(source, fileFormatSchema.parse({ kind: 'json-array' })))
    await expect(reading).rejects.toThrow('The element that begins on line 3 is longer than 16,000,000 characters')
  })

  it('a batch ends when its records take many bytes', async () => {
    await using source = await openSource({ open: () => generated('a,b\n', `${'x'.repeat(9_999)}\n`, 30_000_000) })
    for await (const { records } of readRecords(source, format)) expect(records.length).toBeLessThan(900)
  })

  function usedMemory(): number {
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
  }
})

describe('bytes that are not UTF-8, far behind the beginning', () => {
  it('reject their records and no others', async () => {
    const good = `${'x'.repeat(98)},y\n`.repeat(maxHeadBytes / 100 + 100)
    const bytes = Buffer.concat([
      Buffer.from(`a,b\n${good}`),
      Buffer.from([0xe4, 0x2c, 0x31, 10]),
      Buffer.from('ü,2\n'),
    ])
    const { inspection, records, rejected } = await readAll(bytes)
    expect(inspection.format).toMatchObject({ encoding: 'utf-8' })
    expect(records.at(-1)).toEqual(['ü', '2'])
    expect(rejected).toMatchObject([{ reason: expect.stringContaining('bytes that are not UTF-8') }])
    expect(rejected[0]?.line).toBe(good.split('\n').length + 1)
  })
})

describe('JSON objects with names that the sample did not have', () => {
  const lines = Buffer.from('{"a":1}\n{"a":2,"b":null}\n{"a":3,"c":"x"}\n{"c":"y"}\n')
  const jsonLines = fileFormatSchema.parse({ kind: 'json-lines' })

  it('are rejected where the columns are given, for they would be lost', async () => {
    await using source = await openSource(lines)
    const [batch] = await Array.fromAsync(readRecords(source, jsonLines, { columns: ['a'] }))
    expect(batch?.records).toEqual([[1], [2]])
    expect(batch?.rejected.map(({ line, reason }) => [line, reason])).toEqual([
      [3, "it has a value under “c”, which is none of the file's columns"],
      [4, "it has a value under “c”, which is none of the file's columns"],
    ])
  })

  it('are kept, and the columns reported, where that is asked for', async () => {
    await using source = await openSource(lines)
    const options = { columns: ['a'], unknownColumns: 'keep' } as const
    const [batch] = await Array.fromAsync(readRecords(source, jsonLines, options))
    expect(batch).toMatchObject({
      records: [[1], [2, null], [3, null, 'x'], [null, null, 'y']],
      foundColumns: ['b', 'c'],
    })
  })
})

it('what was found out about a format can be set right', async () => {
  await using source = await openSource(Buffer.from('1;2,5\n3;4,5\n'))
  const found = await inspectSource(source)
  expect(found.format).toMatchObject({ delimiter: ';', header: false })
  const corrected = await inspectSource(source, { format: { delimiter: ',', header: true } })
  expect(corrected.columns.map(({ name }) => name)).toEqual(['1;2', '5'])
  expect(corrected.evidence.map(({ about }) => about)).toEqual(['encoding'])
})

it.each([
  [{ delimiter: '' }, 'format.delimiter'],
  [{ delimiter: '\n' }, 'A delimiter has no line break'],
  [{ delimiter: "'", quote: "'" }, 'must begin differently'],
  [{ preambleLines: -1 }, 'format.preambleLines'],
  [{ encoding: 'shift-jis' as 'utf-8' }, 'format.encoding'],
])('parts of a format that make no sense are refused: %j', async (known, message) => {
  await using source = await openSource(csv)
  const error = await inspectSource(source, { format: known }).catch((thrown: unknown) => thrown)
  expect(isOpsError(error, 'INVALID_INPUT') && error.message).toContain(message)
})
