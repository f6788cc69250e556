import { sql } from 'kysely'
import type { AnyColumnType } from '../../values/column-type.ts'
import type { Json } from '../../values/json.ts'
import { sortKey } from '../../values/sort-key.ts'
import { type CellState, cellStates } from '../cell-state.ts'
import { fillMark, overtakenNumber } from '../fill-mark.ts'
import type { QueryColumn, QueryContext, QueryTable } from '../query-table.ts'
import type { QueryDatabase } from './query-database.ts'

export const testContext: QueryContext = { locale: 'en-US', timeZone: 'UTC', now: new Date('2026-11-20T12:00:00Z') }

/** Of the columns that a plugin fills. */
const fillGeneration = 7

export interface TestColumn {
  readonly key: string
  readonly type: AnyColumnType
  readonly name?: string
  readonly settings?: unknown
  /** Filled by a plugin, with a physical column of marks. */
  readonly computed?: boolean
  /** Whether the sort key is stored, as the index advisor does. */
  readonly sortKeyed?: boolean
  /** Whether `contains` is to be compiled for a trigram index. */
  readonly searchIndexed?: boolean
}

export interface TestRow {
  readonly cells: Readonly<Record<string, Json>>
  readonly states?: Readonly<Record<string, { readonly state: CellState; readonly code?: string | null }>>
}

/** The table as queries see it, with columns `c1`, `c2` … in the given order. */
export function testTable(columns: readonly TestColumn[]): QueryTable {
  return {
    id: 'tbl_test',
    name: 'Leads',
    schema: 'ops_test',
    rows: 't1',
    side: 't1_side',
    hasPlaces: true,
    columns: columns.map((column, i): QueryColumn => {
      const {
        key,
        type,
        name = key,
        settings = {},
        computed = false,
        sortKeyed = false,
        searchIndexed = false,
      } = column
      const values = `c${i + 1}`
      return {
        id: `col_${i + 1}`,
        key,
        name,
        type,
        settings: type.settings.parse(settings),
        values,
        sortKey: sortKeyed ? `${values}_k` : null,
        searchIndexed,
        state: computed ? `${values}_s` : null,
        ...(computed && { fillGeneration }),
        number: i + 1,
      }
    }),
  }
}

/** Makes the physical table and side table and fills them; the ids are 1, 2, … in the order of the rows. */
export async function createPhysicalTable(
  database: QueryDatabase,
  table: QueryTable,
  rows: readonly TestRow[],
): Promise<void> {
  const cells = table.columns.flatMap(({ values, type, state, sortKey: key }) => [
    `${values} ${type.storage}`,
    ...(key === null ? [] : [`${key} text collate "C"`]),
    ...(state === null ? [] : [`${state} smallint`]),
  ])
  await database.execute(`
    drop schema if exists ${table.schema} cascade;
    create schema ${table.schema};
    create table ${table.schema}.${table.rows} (
      _id bigint primary key, _position numeric not null, _version int not null default 1, ${cells.join(', ')});
    create table ${table.schema}.${table.side} (
      row_id bigint, column_number int, state smallint, code text, message text, original text,
      primary key (column_number, row_id));`)
  const chunk = 500
  for (let start = 0; start < rows.length; start += chunk) {
    const documents = rows.slice(start, start + chunk).map((row, i) => physicalRow(table, row, start + i + 1))
    await database.run(sql`insert into ${sql.id(table.schema, table.rows)}
      select * from jsonb_populate_recordset(null::${sql.id(table.schema, table.rows)}, ${JSON.stringify(documents)}::jsonb)`)
  }
  const side = rows.flatMap((row, i) => sideRows(table, row, i + 1))
  if (side.length > 0) {
    await database.run(sql`insert into ${sql.id(table.schema, table.side ?? '')}
      select * from jsonb_populate_recordset(null::${sql.id(table.schema, table.side ?? '')}, ${JSON.stringify(side)}::jsonb)`)
  }
  await database.execute(`analyze ${table.schema}.${table.rows}`)
}

function physicalRow(table: QueryTable, row: TestRow, id: number): Readonly<Record<string, unknown>> {
  // Positions run against the ids in part, so that an order by one is not an order by the other.
  const document: Record<string, unknown> = { _id: id, _position: (id * 7) % 13, _version: 1 }
  for (const column of table.columns) {
    const value = row.cells[column.key] ?? null
    document[column.values] = value
    if (column.sortKey !== null) document[column.sortKey] = value === null ? null : sortKey(String(value))
    if (column.state !== null) {
      const cell = row.states?.[column.key]
      document[column.state] = cell === undefined ? null : markOf(cell.state, id)
    }
  }
  return document
}

/** Cells are stale by their own mark or by their generation; running ones may have been overtaken. */
function markOf(state: CellState, id: number): number | null {
  if (state === 'empty' || state === 'warning') return null
  if (state === 'stale' && id % 2 === 0) return fillMark(fillGeneration - 1, 'failed')
  if (state === 'running' && id % 2 === 0) return fillGeneration * 10 + overtakenNumber
  return fillMark(fillGeneration, state)
}

function sideRows(table: QueryTable, row: TestRow, id: number): readonly unknown[] {
  return table.columns.flatMap((column) => {
    const cell = row.states?.[column.key]
    return cell === undefined
      ? []
      : [{ row_id: id, column_number: column.number, state: cellStates[cell.state], code: cell.code ?? null }]
  })
}
