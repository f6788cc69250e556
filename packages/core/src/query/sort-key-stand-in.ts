import { type RawBuilder, sql } from 'kysely'

export function sortKeySql(text: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`lower(${text} collate "und-x-icu")`
}
