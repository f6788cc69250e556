import { isUtf8 } from 'node:buffer'
import { say } from '../../sentences/say.ts'
import { byteOrderMark, wholeCharacters } from './decode-bytes.ts'
import type { Encoding } from './file-format.ts'

/** An encoding, and how it was told. */
export interface DetectedEncoding {
  readonly encoding: Encoding
  readonly because: string
}

/** Tells the encoding of a text by its beginning. */
export function detectEncoding(head: Buffer): DetectedEncoding {
  for (const encoding of ['utf-8', 'utf-16le', 'utf-16be'] as const) {
    if (byteOrderMark(head, encoding) > 0) return { encoding, because: say('The file begins with a byte order mark.') }
  }
  const wide = wideEncoding(head)
  if (wide !== null) return { encoding: wide, because: say('Every other byte of what is ASCII is zero.') }
  const whole = head.subarray(0, wholeCharacters(head, 'utf-8'))
  if (isUtf8(whole)) {
    const plain = whole.every((byte) => byte < 0x80)
    const because = plain
      ? say('The beginning is plain ASCII.')
      : say('Accents and other special characters read well as UTF-8, the usual encoding.')
    return { encoding: 'utf-8', because }
  }
  return {
    encoding: 'windows-1252',
    because: say('There are bytes that are not UTF-8; each is read as one character.'),
  }
}

/** Text in UTF-16 without a mark has zeros at even places or at odd ones, by its ASCII characters, such as line breaks. */
function wideEncoding(head: Buffer): Encoding | null {
  const looked = head.subarray(0, 8_192)
  let even = 0
  let odd = 0
  for (let at = 0; at + 1 < looked.length; at += 2) {
    if (looked[at] === 0) even += 1
    if (looked[at + 1] === 0) odd += 1
  }
  const least = Math.max(2, looked.length / 50)
  if (odd >= least && odd > even * 20) return 'utf-16le'
  return even >= least && even > odd * 20 ? 'utf-16be' : null
}
