import { say } from '../sentences/say.ts'
/** The most bytes (UTF-8) that one cell may hold; JSON counts by its shortest text. */
export const maxCellBytes = 1_000_000

/** How many bytes the text takes in UTF-8; lone surrogates count as three. */
export function utf8Bytes(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    if (unit < 0x800) {
      bytes += 1
    } else if (unit >= 0xd800 && unit <= 0xdbff && isLowSurrogate(text.charCodeAt(i + 1))) {
      bytes += 2
      i++
    } else {
      bytes += 2
    }
  }
  return bytes
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}

/** Why the database could not keep this text, or `null` if it can. */
export function textFault(text: string): string | null {
  if (text.includes('\0')) return say('it contains a NUL character (U+0000), which a database cannot keep')
  if (!text.isWellFormed())
    return say('it contains half of a character (a lone surrogate); the file was cut or misread')
  const tooLong = text.length > maxCellBytes || (text.length * 3 > maxCellBytes && utf8Bytes(text) > maxCellBytes)
  return tooLong ? say('it is longer than a cell can be (1 MB)') : null
}
