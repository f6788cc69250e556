import { sql } from 'kysely'
import * as z from 'zod'
import { type ColumnDefinition, findColumn } from '../catalog/table-definition.ts'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { OpsError } from '../errors/ops-error.ts'
import { referencedColumns } from '../formula/references.ts'
import { type ApiCall, callsOf } from '../http/calls.service.ts'
import type { CellState } from '../query/cell-state.ts'
import { stateOfMark } from '../query/fill-mark.ts'
import { say } from '../sentences/say.ts'
import { readOrigin } from '../store/filled/cell-origin.ts'
import { inputColumns } from '../store/filled/fill-reads.ts'
import { readInputs } from '../store/filled/read-inputs.ts'
import type { OrgSession, TableWork } from '../store/org-session.ts'
import { originName, physical, stateName, valuesName } from '../store/physical-names.ts'
import { rowIdSchema } from '../store/row-id.ts'
import { isSeen } from '../store/seen-rows.ts'
import type { Json } from '../values/json.ts'
import { inputsHash } from './question.ts'

/** Where a cell is from. */
export interface CellExplanation {
  readonly column: string
  readonly state: CellState
  readonly code: string | null
  readonly message: string | null
  /** `reoon@1.0.0`; null for a cell that nobody was asked for. */
  readonly plugin: string | null
  readonly part: string | null
  readonly provider: string | null
  readonly connection: string | null
  readonly run: string | null
  readonly at: string | null
  /** Whether the answer was known from an equal question. */
  readonly cached: boolean
  readonly cost: { readonly unit: string; readonly amount: number } | null
  readonly confidence: number | null
  /** The vendor's answer as it came, where the plugin keeps it. */
  readonly raw: Json
  /** Requests that were sent for it, and for cells asked with it: the oldest first, at most ten, as long as the API log keeps them. */
  readonly requests: readonly ApiCall[]
  /** What the plugin would be asked now, by the keys of its inputs. */
  readonly inputs: Readonly<Record<string, Json>>
  /** Whether that is what it was asked then. */
  readonly sameInputs: boolean
  /** Columns that it is made of, over formulas too, the nearest first; those that plugins fill with their own state. */
  readonly upstream: readonly {
    readonly column: string
    readonly by: 'people' | 'formula' | 'plugin'
    readonly state: CellState | null
  }[]
}

const detailsSchema = z.looseObject({
  plugin: z.string().nullable().default(null),
  part: z.string().nullable().default(null),
  provider: z.string().nullable().default(null),
  connection: z.string().nullable().default(null),
  run: z.string().nullable().default(null),
  at: z.string().nullable().default(null),
  hash: z.string().nullable().default(null),
  cached: z.boolean().default(false),
  cost: z.object({ unit: z.string(), amount: z.number() }).nullable().default(null),
  confidence: z.number().nullable().default(null),
  raw: z.json().default(null),
  requests: z.array(z.string()).default([]),
})

/**
 * Where a cell that a plugin fills is from, and what it is made of.
 *
 * @throws OpsError `NOT_FOUND`; `INVALID_INPUT` for a column that no plugin fills
 */
export async function explainCell(
  session: OrgSession,
  tableId: string,
  rowId: string,
  columnId: string,
  options: CallOptions = {},
): Promise<CellExplanation> {
  const id = checkInput(rowIdSchema, rowId, ['rowId'])
  return await session.readTable(tableId, options, async (work) => {
    const column = findColumn(work.table, columnId)
    const { fill } = column
    if (fill === null)
      throw new OpsError('INVALID_INPUT', say('No plugin fills "{column}".', { column: column.name }), {
        path: ['columnId'],
      })
    const upstream = upstreamOf(work.table.columns, column)
    const [found] = await readCells(work, id, [column, ...upstream])
    if (found === undefined)
      throw new OpsError('NOT_FOUND', say('There is no row {id} in this table.', { id }), { path: ['rowId'] })
    const [row] = await readInputs(work, fill, sql<boolean>`t._id = ${id}::bigint`)
    const inputs = row?.inputs ?? {}
    const beside = await readBeside(work, id, column)
    const origin = found[originName(column)] ?? beside?.origin ?? null
    const told = origin === null || !work.table.hasSide ? beside?.details : await readOrigin(work, String(origin))
    const { hash, requests, ...details } = detailsSchema.parse(told ?? {})
    return {
      column: column.key,
      state: stateIn(found, column) ?? 'empty',
      code: beside?.code ?? null,
      message: beside?.message ?? null,
      ...details,
      requests: await callsOf(work.tx.db, work.org.orgId, requests),
      inputs,
      sameInputs: hash !== null && hash === inputsHash(inputs),
      upstream: upstream.map((each) => ({
        column: each.key,
        by:
          each.formula !== null ? ('formula' as const) : each.fill === null ? ('people' as const) : ('plugin' as const),
        state: stateIn(found, each),
      })),
    }
  })
}

type Cells = Readonly<Record<string, unknown>>

async function readCells(
  work: TableWork,
  rowId: string,
  columns: readonly ColumnDefinition[],
): Promise<readonly Cells[]> {
  const names = new Set(
    columns.flatMap((column) => [
      valuesName(column),
      ...(column.fill === null ? [] : [stateName(column), originName(column)]),
    ]),
  )
  const cells = [...names].map((name) => sql`t.${sql.id(name)}`)
  return await work.tx.all(sql<Cells>`
    select ${sql.join(cells)} from ${physical.rows(work.org, work.table)} as t where t._id = ${rowId}::bigint and ${isSeen(work)}`)
}

function stateIn(cells: Cells, column: ColumnDefinition): CellState | null {
  if (column.fill === null) return null
  const mark = cells[stateName(column)] ?? null
  if (mark !== null) return stateOfMark(Number(mark), column.fill.generation)
  return (cells[valuesName(column)] ?? null) === null ? 'empty' : 'done'
}

async function readBeside({ tx, org, table }: TableWork, rowId: string, { number }: ColumnDefinition) {
  if (!table.hasSide) return undefined
  const [found] = await tx.all(sql<{
    code: string | null
    message: string | null
    details: Json
    origin: string | null
  }>`
    select code, message, details, origin from ${physical.side(org, table)}
    where row_id = ${rowId}::bigint and column_number = ${number}::int`)
  return found
}

function upstreamOf(columns: readonly ColumnDefinition[], column: ColumnDefinition): readonly ColumnDefinition[] {
  const found = new Map<string, ColumnDefinition>()
  const open = [column]
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const reads =
      next.formula !== null ? referencedColumns(next.formula.source) : next.fill === null ? [] : inputColumns(next.fill)
    for (const id of reads) {
      const read = columns.find((each) => each.id === id)
      if (read === undefined || found.has(id) || id === column.id) continue
      found.set(id, read)
      open.push(read)
    }
  }
  return [...found.values()]
}
