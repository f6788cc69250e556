import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FileFormat, fileFormatSchema } from './file-format.ts'
import { openSource } from './open-source.ts'
import { type ReadOptions, readRecords } from './read-records.ts'
import type { RecordBatch } from './record-batch.ts'
import { makeWorkbook, rowXml } from './testing/make-workbook.ts'

const runs = Number(process.env.OPSLAYER_FUZZ ?? 400)

async function batchesOf(bytes: Buffer, format: FileFormat, options: ReadOptions = {}): Promise<RecordBatch[]> {
  await using source = await openSource(bytes)
  return await Array.fromAsync(readRecords(source, format, options))
}

/** What a file holds, however it came in batches. */
function contentOf(batches: readonly RecordBatch[]) {
  return {
    records: batches.flatMap(({ records }) => records),
    lines: batches.flatMap(({ lines }) => lines),
    numbers: batches.flatMap(({ numbers }) => numbers),
    rejected: batches.flatMap(({ rejected }) => rejected),
    foundColumns: batches.flatMap(({ foundColumns }) => foundColumns),
  }
}

const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const

function encode(text: string, encoding: (typeof encodings)[number]): Buffer {
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16()
  return Buffer.from(text, encoding === 'utf-8' ? 'utf8' : encoding === 'utf-16le' ? 'utf16le' : 'latin1')
}

/** Text of what confuses those who read delimited text. */
const confusing = fc
  .array(
    fc.constantFrom(
      'a',
      'b',
      ',',
      ',',
      '"',
      '"',
      '""',
      '\n',
      '\n',
      '\r\n',
      '\r',
      ' ',
      '#',
      '\\',
      'ü',
      '日',
      '👩',
      '\0',
    ),
    {
      maxLength: 80,
    },
  )
  .map((parts) => parts.join(''))

const confusingFormat = fc.record({
  quote: fc.constantFrom('"', "'", null),
  escape: fc.constantFrom('double' as const, 'backslash' as const),
  newline: fc.constantFrom('line-feed' as const, 'carriage-return' as const),
  comment: fc.constantFrom('#', null),
  delimiter: fc.constantFrom(',', 'a', '日', ' ', 'ab'),
  preambleLines: fc.nat(2),
  header: fc.boolean(),
})

const limits = { maxRecordLength: 40, maxCellLength: 20, columns: ['a', 'b', 'c'] }

describe('delimited text', () => {
  it('gives the same records however its bytes come', async () => {
    await fc.assert(
      fc.asyncProperty(
        confusing,
        confusingFormat,
        fc.constantFrom(...encodings),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 4 }),
        async (text, marks, encoding, windowBytes, batchRecords) => {
          const format = fileFormatSchema.parse({ kind: 'delimited', encoding, ...marks })
          const bytes = encode(text, encoding)
          const read = async (options: ReadOptions) => contentOf(await batchesOf(bytes, format, options))
          const whole = await outcomeOf(read(limits))
          const parts = await outcomeOf(read({ ...limits, windowBytes, batchRecords }))
          expect(parts).toEqual(whole)
        },
      ),
      { numRuns: runs },
    )
  })

  it('can be read on from the end of each batch', async () => {
    await fc.assert(
      fc.asyncProperty(
        confusing,
        confusingFormat,
        fc.constantFrom(...encodings),
        fc.integer({ min: 1, max: 3 }),
        async (text, marks, encoding, batchRecords) => {
          const format = fileFormatSchema.parse({ kind: 'delimited', encoding, ...marks })
          const bytes = encode(text, encoding)
          const batches = await batchesOf(bytes, format, { ...limits, batchRecords }).catch(() => [])
          for (const [place, { end }] of batches.entries()) {
            const rest = await batchesOf(bytes, format, { ...limits, batchRecords, from: structuredClone(end) })
            expect(contentOf(rest)).toEqual(contentOf(batches.slice(place + 1)))
          }
        },
      ),
      { numRuns: runs },
    )
  })

  it('gives back what was written as RFC 4180 says', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom('', '"', ',', '\n', '\r\n', ' x ', '#', "'", '\\', '"x"', '\t'),
    )
    const style = fc.record({
      delimiter: fc.constantFrom(',', ';', '\t'),
      newline: fc.constantFrom('\n', '\r\n'),
      encoding: fc.constantFrom('utf-8' as const, 'utf-16le' as const, 'utf-16be' as const),
      marked: fc.boolean(),
      final: fc.boolean(),
    })
    const table = fc
      .integer({ min: 1, max: 5 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 12 }))
    await fc.assert(
      fc.asyncProperty(table, style, fc.integer({ min: 1, max: 20 }), async (records, style, windowBytes) => {
        const { delimiter, newline, encoding, marked, final } = style
        const lines = records.map((cells) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(delimiter))
        const text = (marked ? '\ufeff' : '') + lines.join(newline) + (final && lines.length > 0 ? newline : '')
        const format = fileFormatSchema.parse({ kind: 'delimited', encoding, delimiter, header: false })
        expect(contentOf(await batchesOf(encode(text, encoding), format, { windowBytes })).records).toEqual(records)
      }),
      { numRuns: runs },
    )
  })
})

const confusingJson = fc.array(
  fc.oneof(
    fc.json({ maxDepth: 2 }),
    fc
      .dictionary(fc.constantFrom('a', 'b', 'ü'), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 })
      .map((value) => JSON.stringify(value)),
    fc.constantFrom('{"a":', ']', '}', '"', 'x', '{"a":"\\"]"}'),
  ),
  { maxLength: 8 },
)

describe.each(['json-lines', 'json-array'] as const)('%s', (kind) => {
  const bytesOf = (values: readonly string[]) =>
    Buffer.from(kind === 'json-lines' ? values.join('\n') : `[\n${values.join(',\n')}]`)

  it('gives the same records however its bytes come, and from the end of each batch', async () => {
    await fc.assert(
      fc.asyncProperty(
        confusingJson,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 3 }),
        async (values, windowBytes, batchRecords) => {
          const bytes = bytesOf(values)
          const format = fileFormatSchema.parse({ kind })
          const read = async (options: ReadOptions) => contentOf(await batchesOf(bytes, format, options))
          const whole = await outcomeOf(read({}))
          expect(await outcomeOf(read({ windowBytes, batchRecords }))).toEqual(whole)
          const batches = await batchesOf(bytes, format, { batchRecords }).catch(() => [])
          for (const [place, { end }] of batches.entries()) {
            const rest = await batchesOf(bytes, format, { batchRecords, from: structuredClone(end) })
            expect(contentOf(rest)).toEqual(contentOf(batches.slice(place + 1)))
          }
        },
      ),
      { numRuns: runs },
    )
  })
})

describe('workbooks', () => {
  it('can be read on from the end of each batch', async () => {
    const rows = Array.from({ length: 50 }, (_, at) => rowXml(`x${at}`, at)).join('')
    const bytes = makeWorkbook({ sheets: { S: rowXml('a', 'b') + rows } })
    const format = fileFormatSchema.parse({ kind: 'workbook', sheet: 'S' })
    const batches = await batchesOf(bytes, format, { batchRecords: 7 })
    expect(contentOf(batches).records).toHaveLength(50)
    for (const [place, { end }] of batches.entries()) {
      const rest = await batchesOf(bytes, format, { batchRecords: 7, from: structuredClone(end) })
      expect(contentOf(rest)).toEqual(contentOf(batches.slice(place + 1)))
    }
  })
})

/** What a reading gave, or what it ended with. */
async function outcomeOf<Content>(reading: Promise<Content>): Promise<Content | string> {
  return await reading.catch((error: unknown) => String(error))
}
