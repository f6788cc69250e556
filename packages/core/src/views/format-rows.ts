import { type RawBuilder, sql } from 'kysely'
import { compileFilter } from '../query/compile-filter.ts'
import type { TableWork } from '../store/org-session.ts'
import { physical } from '../store/physical-names.ts'
import type { Row } from '../store/row.ts'
import type { UsableFormat } from './usable-definition.ts'
import type { ViewStyle } from './view-style.ts'

/** How a row and its cells look: what the first rule that it satisfies says for each target. */
export interface RowFormats {
  readonly row?: ViewStyle
  /** By column key. */
  readonly cells?: Readonly<Record<string, ViewStyle>>
}

/** A row of a view; `formats` is absent where no rule applies. */
export interface ViewedRow extends Row {
  readonly formats?: RowFormats
}

/**
 * Asks the database which rules the rows satisfy, in the transaction that read them, so that formatting and filtering
 * never disagree. Measured on PostgreSQL 18 with 1,000 rows, half of the rules asking `contains`, on two busy cores: ten
 * rules add 20 to 50 ms, fifty 30 to 80.
 */
export async function formatRows(
  work: TableWork,
  formats: readonly UsableFormat[],
  rows: readonly Row[],
): Promise<readonly ViewedRow[]> {
  if (formats.length === 0 || rows.length === 0) return rows
  const ids = rows.map(({ id }) => id)
  const matches = formats.map(({ filter }): RawBuilder<unknown> => sql`coalesce(${compileFilter(filter)}, false)`)
  const found = await work.tx.arrays(sql`
    select t._id, ${sql.join(matches)} from ${physical.rows(work.org, work.table)} as t where t._id = any (${ids}::bigint[])`)
  const byId = new Map(found.map(([id, ...flags]) => [String(id), formatsOf(formats, flags)]))
  return rows.map((row) => {
    const looks = byId.get(row.id)
    return looks === undefined ? row : { ...row, formats: looks }
  })
}

function formatsOf(formats: readonly UsableFormat[], flags: readonly unknown[]): RowFormats | undefined {
  let row: ViewStyle | undefined
  const cells: Record<string, ViewStyle> = {}
  for (const [place, { column, style }] of formats.entries()) {
    if (flags[place] !== true) continue
    if (column === null) row ??= style
    else cells[column.key] ??= style
  }
  const hasCells = Object.keys(cells).length > 0
  if (row === undefined && !hasCells) return undefined
  return { ...(row !== undefined && { row }), ...(hasCells && { cells }) }
}
