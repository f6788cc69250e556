import { describe, expect, it } from 'vitest'
import { type ByteSource, copyBatches } from './copy-batches.ts'

async function batchesOf(source: ByteSource, batchBytes: number): Promise<string[]> {
  const batches: string[] = []
  for await (const batch of copyBatches(source, batchBytes)) batches.push(Buffer.from(batch).toString())
  return batches
}

function chunks(...texts: string[]): Uint8Array[] {
  return texts.map((text) => Buffer.from(text))
}

describe('copyBatches', () => {
  it('gives batches of whole rows, however the bytes came', async () => {
    expect(await batchesOf(chunks('1\ta\n2', '\tb\n3\tc\n', '4\td\n'), 6)).toEqual(['1\ta\n2\tb\n3\tc\n', '4\td\n'])
  })

  it('does not take a newline after a backslash for the end of a row', async () => {
    expect(await batchesOf(chunks('1\ta\\\nb\\\\', '\n2\tc\\\n'), 4)).toEqual(['1\ta\\\nb\\\\\n', '2\tc\\\n'])
  })

  it('keeps a row together that is larger than a batch', async () => {
    expect(await batchesOf(chunks('abcdef', 'ghi\n'), 4)).toEqual(['abcdefghi\n'])
  })

  it('gives nothing for nothing', async () => {
    expect(await batchesOf([], 4)).toEqual([])
  })

  it('takes bytes as they are and leaves them to the caller', async () => {
    const bytes = Buffer.from('1\n2\n')
    const { value: batch } = await copyBatches(bytes, Number.POSITIVE_INFINITY).next()
    expect(batch).toEqual(new Uint8Array(bytes))
    expect(batch?.buffer).not.toBe(bytes.buffer)
  })
})
