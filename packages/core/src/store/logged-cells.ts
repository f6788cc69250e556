import { type RawBuilder, sql } from 'kysely'
import type { Storage } from '../values/column-type.ts'
import { cellStorages } from './cell-storage.ts'

/** A JSON value of the log as a cell of the storage. Total for what was a cell of that storage. */
export function cellFromJson(storage: Storage, json: RawBuilder<unknown>): RawBuilder<unknown> {
  switch (storage) {
    case 'text':
      return sql`(${json} #>> '{}')`
    case 'text[]':
      return sql`(case when json_typeof(${json}) = 'array' then array(select json_array_elements_text(${json})) end)`
    case 'jsonb':
      return sql`nullif(${json}::text, 'null')::jsonb`
    case 'numeric':
    case 'boolean':
    case 'date':
    case 'timestamptz':
      return sql`(${json} #>> '{}')::${sql.raw(cellStorages[storage].sqlType)}`
    default:
      return storage satisfies never
  }
}

/** A JSON array as it is, anything else as an empty one: members of the log may be null. */
export function arrayOrEmpty(json: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(case when json_typeof(${json}) = 'array' then ${json} else '[]'::json end)`
}
