import type { Parsed } from './column-type.ts'

/** The outcome of an input that means "nothing there". */
export const emptyCell: { readonly ok: true; readonly value: null } = Object.freeze({ ok: true, value: null })

export function accept<Value>(value: Value | null): Parsed<Value> {
  return { ok: true, value }
}

/** `reason` completes the sentence "Could not read this as …:". */
export function refuse(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason }
}

const longestQuote = 40

/** The input as a reason quotes it: on one line, at most 40 characters, in typographic quotes. */
export function quote(text: string): string {
  const line = text
    .slice(0, 400)
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
  const characters = [...line]
  if (characters.length <= longestQuote && text.length <= 400) return `“${line}”`
  return `“${characters.slice(0, longestQuote - 1).join('')}…”`
}
