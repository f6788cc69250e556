import type { Readable } from 'node:stream'
import { SaxesParser } from 'saxes'
import { abortable } from '../abortable.ts'
import { damaged } from './archive.ts'

/** What is done with the events of an XML part. Names come without their prefixes. */
export interface XmlHandlers {
  open(name: string, attributes: Readonly<Record<string, string>>): void
  text?(text: string): void
  close?(name: string): void
}

/** Between two tags; what is longer is no text of a cell. */
const maxStretch = 8_000_000

/**
 * Reads an XML part; after each chunk the caller takes what its handlers made of it. Leaving the loop ends the reading.
 *
 * @throws OpsError `INVALID_INPUT` for what is not well-formed
 */
export async function* xmlEvents(
  part: Readable,
  handlers: XmlHandlers,
  signal: AbortSignal | undefined,
): AsyncGenerator<void> {
  const parser = new SaxesParser()
  let sinceTag = 0
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    sinceTag = 0
    handlers.open(localName(name), attributes)
  })
  parser.on('closetag', ({ name }) => {
    sinceTag = 0
    handlers.close?.(localName(name))
  })
  if (handlers.text !== undefined) parser.on('text', handlers.text)
  let decoder: TextDecoder | undefined
  try {
    for await (const chunk of abortable(part as AsyncIterable<Buffer>, signal)) {
      decoder ??= new TextDecoder(isWide(chunk) ? 'utf-16le' : 'utf-8')
      parser.write(decoder.decode(chunk, { stream: true }))
      sinceTag += chunk.length
      if (sinceTag > maxStretch) throw new Error('a text in it is too long')
      yield
    }
    parser.close()
  } catch (error) {
    if (signal?.aborted) throw error
    throw damaged(error)
  } finally {
    part.destroy()
  }
}

/** Reads a small part as a whole. */
export async function readXml(part: Readable, handlers: XmlHandlers, signal: AbortSignal | undefined): Promise<void> {
  for await (const _ of xmlEvents(part, handlers, signal));
}

function isWide(chunk: Buffer): boolean {
  return chunk[0] === 0xff && chunk[1] === 0xfe
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon === -1 ? name : name.slice(colon + 1)
}
