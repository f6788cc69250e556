import { isAscii, isUtf8 } from 'node:buffer'
import type { Encoding } from './file-format.ts'

/** Bytes as text, with the way back from places in the text to places in the bytes. */
export interface DecodedBytes {
  readonly text: string
  /** How many of the bytes the first `length` UTF-16 units of the text take. */
  readonly bytesOf: (length: number) => number
  /**
   * Bytes that are not of the encoding occur. The text then holds one character for each byte, so that what is ASCII
   * (delimiters, line breaks) can still be told; see `rereadCell`.
   */
  readonly misread: boolean
}

/** Where windows-1252 differs from Latin-1: 0x80 to 0x9f. The five bytes it leaves open stay control characters. */
const windows1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

/** How many of the bytes form whole characters: the rest is the beginning of one that goes on in the next chunk. */
export function wholeCharacters(bytes: Buffer, encoding: Encoding): number {
  const { length } = bytes
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const even = length - (length % 2)
    const high = bytes[even - (encoding === 'utf-16le' ? 1 : 2)] ?? 0
    return even > 0 && high >= 0xd8 && high <= 0xdb ? even - 2 : even
  }
  if (encoding !== 'utf-8') return length
  for (let back = 1; back <= Math.min(3, length); back += 1) {
    const byte = bytes[length - back] ?? 0
    if (byte < 0x80) break
    if (byte >= 0xc0) return characterBytes(byte) > back ? length - back : length
  }
  return length
}

function characterBytes(lead: number): number {
  if (lead >= 0xf0) return 4
  return lead >= 0xe0 ? 3 : 2
}

/** Reads whole characters. */
export function decodeBytes(bytes: Buffer, encoding: Encoding): DecodedBytes {
  switch (encoding) {
    case 'utf-8': {
      if (isAscii(bytes)) return { text: bytes.toString('latin1'), bytesOf: (length) => length, misread: false }
      if (!isUtf8(bytes)) return { text: bytes.toString('latin1'), bytesOf: (length) => length, misread: true }
      const text = bytes.toString('utf8')
      return { text, bytesOf: (length) => Buffer.byteLength(text.slice(0, length)), misread: false }
    }
    case 'utf-16le':
      return { text: bytes.toString('utf16le'), bytesOf: (length) => length * 2, misread: false }
    case 'utf-16be': {
      const text = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)))
        .swap16()
        .toString('utf16le')
      return { text, bytesOf: (length) => length * 2, misread: false }
    }
    case 'latin1':
      return { text: bytes.toString('latin1'), bytesOf: (length) => length, misread: false }
    case 'windows-1252': {
      const latin1 = bytes.toString('latin1')
      const text = isAscii(bytes)
        ? latin1
        : latin1.replace(/[\x80-\x9f]/g, (byte) => windows1252.charAt(byte.charCodeAt(0) - 0x80))
      return { text, bytesOf: (length) => length, misread: false }
    }
  }
}

/** A cell of a misread text as UTF-8, or null if its own bytes are not. */
export function rereadCell(cell: string): string | null {
  const bytes = Buffer.from(cell, 'latin1')
  return isUtf8(bytes) ? bytes.toString('utf8') : null
}

/** How many bytes of byte order mark the file begins with. */
export function byteOrderMark(bytes: Buffer, encoding: Encoding): number {
  if (encoding === 'utf-8') return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  if (encoding === 'utf-16le') return bytes[0] === 0xff && bytes[1] === 0xfe ? 2 : 0
  if (encoding === 'utf-16be') return bytes[0] === 0xfe && bytes[1] === 0xff ? 2 : 0
  return 0
}
