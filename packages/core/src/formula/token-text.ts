import type { Token } from './token.ts'

/** A token as a message quotes it; long texts are cut. */
export function tokenText(token: Token): string {
  switch (token.kind) {
    case 'sign':
      return token.sign
    case 'word':
      return token.word
    case 'number':
      return String(token.value)
    case 'text':
      return token.value.length > 20 ? `"${token.value.slice(0, 20)}…"` : `"${token.value}"`
    case 'column':
      return token.reference.by === 'name' ? `@{${token.reference.text}}` : `@${token.reference.text}`
    case 'lost-reference':
      return '#REF!'
    default:
      return token satisfies never
  }
}
