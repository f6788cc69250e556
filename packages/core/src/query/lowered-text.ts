import { type RawBuilder, sql } from 'kysely'

/** How much of a text a trigram index covers, in characters of the folded text. */
export const indexedTextLength = 2000

/**
 * The one form in which text is matched without regard to case: `lower(… collate "und-x-icu")`, the root locale's case
 * mapping, the same on every server.
 */
export function loweredText(text: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`lower(${text} collate "und-x-icu")`
}

/**
 * What a trigram index holds of a text: the start of the folded text, not the folded start of the text, because some
 * letters fold by what follows them.
 */
export function foldedStart(text: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`left(${loweredText(text)}, ${sql.lit(indexedTextLength)})`
}

/**
 * True of every text whose folded form is longer than {@link foldedStart}: no letter folds to more than its bytes.
 *
 * Why not `octet_length(…) > 2000`: PostgreSQL takes a comparison it knows nothing of for a third of the table and starts
 * parallel workers (8.3 ms against 3.3 for a rare text among 200,000); an equality it takes for one row in 200.
 */
export function longTextCondition(text: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`sign(octet_length(${text})::float8 - ${sql.lit(indexedTextLength)}) = 1`
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
