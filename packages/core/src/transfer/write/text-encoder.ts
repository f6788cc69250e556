import type { DelimitedQuery } from './export-query.ts'
import type { ExportTally } from './export-report.ts'

/** Turns text into bytes of an encoding. What Windows-1252 does not have becomes `?` and is counted. */
export function textEncoder(encoding: DelimitedQuery['encoding'], tally: ExportTally): (text: string) => Uint8Array {
  switch (encoding) {
    case 'utf-8':
      return (text) => Buffer.from(text, 'utf8')
    case 'utf-16le':
      return (text) => Buffer.from(text, 'utf16le')
    case 'windows-1252':
      return (text) => Buffer.from(inWindows1252(text, tally), 'latin1')
    default:
      return encoding satisfies never
  }
}

/** Everything but what has the same number in Unicode and in Windows-1252. */
const otherCharacters = /[\u0080-\u009f\u0100-\u{10ffff}]/gu

/** The characters of 0x80 to 0x9f, which is all in which Windows-1252 differs from the beginning of Unicode. */
const special = new Map(
  [...new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 32 }, (_, i) => 0x80 + i))].map(
    (character, i) => [character, String.fromCharCode(0x80 + i)],
  ),
)

/** Each character under the number that it has in Windows-1252. */
function inWindows1252(text: string, tally: ExportTally): string {
  return text.replace(otherCharacters, (character) => {
    const known = special.get(character)
    if (known === undefined) tally.replacedCharacters += 1
    return known ?? '?'
  })
}
