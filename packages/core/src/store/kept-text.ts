import { type RawBuilder, sql } from 'kysely'
import { cellStates } from '../query/cell-state.ts'
import type { TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'
import type { KeptText } from './prepare-cells.ts'

/** A warning as it lies in the side table and in the change log. */
export interface KeptWarning {
  readonly row_id: string
  readonly column_number: number
  readonly state: number
  readonly code: string
  readonly message: string
  readonly original: string
}

export function keptWarning(rowId: string, { column, message, original }: KeptText): KeptWarning {
  return {
    row_id: rowId,
    column_number: column.number,
    state: cellStates.warning,
    code: 'INVALID_VALUE',
    message,
    original,
  }
}

/** Writes warnings beside rows, from a JSON array of {@link KeptWarning}. */
export function writeWarnings(
  work: Pick<TableWork, 'org' | 'table'>,
  warnings: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`
    insert into ${physical.side(work.org, work.table)} (row_id, column_number, state, code, message, original, details, origin)
    select row_id, column_number, state, code, message, original, details, origin
    from json_to_recordset(${warnings}) as k (row_id bigint, column_number int, state smallint, code text, message text, original text, details jsonb, origin bigint)
    on conflict (row_id, column_number) do update
      set state = excluded.state, code = excluded.code, message = excluded.message, original = excluded.original,
        details = excluded.details, origin = excluded.origin`
}
