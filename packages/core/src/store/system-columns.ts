import type { QueryColumn } from '../query/query-table.ts'
import { builtInColumnTypes } from '../values/built-in-types.ts'
import type { AnyColumnType } from '../values/column-type.ts'
import type { Json } from '../values/json.ts'

function systemColumn(id: string, name: string, type: AnyColumnType, settings: Json = {}): QueryColumn {
  return {
    id,
    key: id,
    name,
    type,
    settings: type.settings.parse(settings),
    values: id,
    sortKey: null,
    state: null,
    number: null,
  }
}

const { datetime, number, text } = builtInColumnTypes

/** Ours, in every table: filterable and sortable as the users' columns are. */
export const systemColumns: readonly QueryColumn[] = [
  systemColumn('_id', 'Row id', number),
  systemColumn('_position', 'Position', number),
  systemColumn('_version', 'Version', number),
  systemColumn('_created_at', 'Created at', datetime),
  systemColumn('_updated_at', 'Updated at', datetime),
  systemColumn('_created_by', 'Created by', text),
  systemColumn('_updated_by', 'Updated by', text),
  systemColumn('_external_key', 'External key', text),
]
