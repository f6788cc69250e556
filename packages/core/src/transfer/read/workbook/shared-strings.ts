import type { Readable } from 'node:stream'
import { OpsError } from '../../../errors/ops-error.ts'
import { say } from '../../../sentences/say.ts'
import { unescapeText } from './unescape-text.ts'
import { xmlEvents } from './xml-events.ts'

/** The texts that cells refer to by number. */
export interface SharedStrings {
  /** The text of a number; undefined if there is none. */
  get(index: number): string | undefined
}

const maxBytes = 512_000_000
const blockBytes = 1_048_576
const remembered = 10_000

/**
 * Reads the shared strings into blocks of bytes outside of the heap: half as large as texts, and nothing to collect.
 *
 * @throws OpsError `LIMIT_EXCEEDED` beyond 512 MB
 */
export async function readSharedStrings(part: Readable, signal: AbortSignal | undefined): Promise<SharedStrings> {
  const blocks: Buffer[] = []
  const ends: number[] = []
  let bytes = 0
  let block = Buffer.alloc(blockBytes)
  let used = 0
  let text = ''
  let phonetic = 0
  let inText = false

  function add(): void {
    const encoded = Buffer.from(unescapeText(text))
    for (let at = 0; at < encoded.length; ) {
      const copied = encoded.copy(block, used, at)
      used += copied
      at += copied
      if (used < block.length) continue
      blocks.push(block)
      block = Buffer.alloc(blockBytes)
      used = 0
    }
    bytes += encoded.length
    ends.push(bytes)
    if (bytes > maxBytes || ends.length > 50_000_000) {
      throw new OpsError('LIMIT_EXCEEDED', say('The workbook has more than 512 MB of text. Export it as CSV.'))
    }
  }

  const events = xmlEvents(
    part,
    {
      open(name) {
        if (name === 'si') text = ''
        else if (name === 'rPh') phonetic += 1
        inText = name === 't' && phonetic === 0
      },
      text(piece) {
        if (inText) text += piece
      },
      close(name) {
        if (name === 'si') add()
        else if (name === 'rPh') phonetic -= 1
        inText = false
      },
    },
    signal,
  )
  for await (const _ of events);
  blocks.push(block)

  const known = new Map<number, string>()
  function read(index: number): string | undefined {
    const end = ends[index]
    if (end === undefined) return undefined
    const start = index === 0 ? 0 : (ends[index - 1] ?? 0)
    const parts: Buffer[] = []
    for (let at = start; at < end; ) {
      const from = at % blockBytes
      const to = Math.min(blockBytes, from + end - at)
      parts.push((blocks[Math.floor(at / blockBytes)] ?? block).subarray(from, to))
      at += to - from
    }
    return (parts.length === 1 ? parts[0] : Buffer.concat(parts))?.toString('utf8') ?? ''
  }
  return {
    get(index) {
      const seen = known.get(index)
      if (seen !== undefined) return seen
      const found = read(index)
      if (found !== undefined && found.length < 200) {
        if (known.size >= remembered) known.clear()
        known.set(index, found)
      }
      return found
    },
  }
}
