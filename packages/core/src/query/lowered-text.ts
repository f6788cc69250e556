import { type RawBuilder, sql } from 'kysely'

/**
 * The one form in which text is matched without regard to case: `lower(… collate "und-x-icu")`, the root locale's case
 * mapping, the same on every server. An index that is to serve `contains` must be on exactly this expression:
 * `using gin (lower(c5 collate "und-x-icu") gin_trgm_ops)`.
 */
export function loweredText(text: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`lower(${text} collate "und-x-icu")`
}

/**
 * A LIKE pattern that takes `text` literally. Lowering the finished pattern is safe: the metacharacters and the escape
 * have no case, and none of them changes how a neighbouring letter is lowered.
 */
export function likePattern(match: 'contains' | 'starts' | 'ends', text: string): string {
  const literal = text.replace(/[\\%_]/g, '\\$&')
  switch (match) {
    case 'contains':
      return `%${literal}%`
    case 'starts':
      return `${literal}%`
    case 'ends':
      return `%${literal}`
    default:
      return match satisfies never
  }
}
