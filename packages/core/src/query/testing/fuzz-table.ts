import type { AnyColumnType } from '../../values/column-type.ts'
import type { Json } from '../../values/json.ts'
import type { CellState } from '../cell-state.ts'
import type { FillState } from '../fill-mark.ts'
import type { QueryColumn, QueryContext, QueryTable } from '../query-table.ts'
import { cellInputs, operandInputs } from './fuzz-inputs.ts'
import { type TestColumn, type TestRow, testTable } from './physical-table.ts'
import type { Random } from './random.ts'

/** A table of one column per type, and what may be put into its cells and asked of them. */
export interface FuzzTable {
  readonly table: QueryTable
  /** Valid cells by column key, without the empty one. */
  readonly values: ReadonlyMap<string, readonly Json[]>
  /** By column key, each operator's id with valid operands. */
  readonly operands: ReadonlyMap<string, ReadonlyMap<string, readonly (Json | undefined)[]>>
}

const options = {
  options: [
    { id: 'open', name: 'Open' },
    { id: 'won', name: 'Won' },
    { id: 'lost', name: 'Lost' },
    { id: 'o-4', name: 'Ünknown' },
  ],
}

const states: readonly FillState[] = ['queued', 'running', 'done', 'failed', 'skipped', 'stale']
const codes = ['rate_limited', 'not_found', null] as const

/** One column per type; the first two are computed, and the first is one that the index advisor has cared for. */
export function fuzzTable(types: readonly AnyColumnType[], context: QueryContext): FuzzTable {
  const columns = types.map((type, i): TestColumn => {
    const settings = type.settings.safeParse(options).success ? options : {}
    return {
      key: type.id.replaceAll('.', '_'),
      type,
      settings,
      computed: i < 2,
      sortKeyed: i === 0,
      searchIndexed: i === 0,
    }
  })
  const table = testTable(columns)
  return {
    table,
    values: new Map(table.columns.map((column) => [column.key, validValues(column, context)])),
    operands: new Map(table.columns.map((column) => [column.key, validOperands(column, context)])),
  }
}

function validValues({ type, settings }: QueryColumn, context: QueryContext): readonly Json[] {
  const found = new Map<string, Json>()
  for (const input of [...cellInputs, ...type.examples.map((example) => example.input)]) {
    const parsed = type.parse(input, settings, context)
    if (parsed.ok && parsed.value !== null) found.set(JSON.stringify(parsed.value), parsed.value)
  }
  return [...found.values()]
}

function validOperands(column: QueryColumn, context: QueryContext): ReadonlyMap<string, readonly (Json | undefined)[]> {
  const { type, settings } = column
  const candidates = [...operandInputs, ...validValues(column, context)]
  return new Map(
    type.operators.map((operator) => {
      const schema = operator.operand(settings, context)
      return [operator.id, candidates.filter((candidate) => schema.safeParse(candidate).success)]
    }),
  )
}

/** Rows of random valid cells, a quarter of them empty, with states and warnings; cells that are done have no code. */
export function randomRows({ table, values }: FuzzTable, count: number, random: Random): readonly TestRow[] {
  return Array.from({ length: count }, (): TestRow => {
    const cells: Record<string, Json> = {}
    const cellStates: Record<string, { state: CellState; code: string | null }> = {}
    for (const column of table.columns) {
      const pool = values.get(column.key) ?? []
      cells[column.key] = pool.length === 0 || random.chance(0.25) ? null : random.pick(pool)
      if (column.state !== null && random.chance(0.8)) {
        const [state, code] = [random.pick(states), random.pick(codes)]
        cellStates[column.key] = { state, code: state === 'done' ? null : code }
      }
      if (column.state === null && random.chance(0.1)) {
        cellStates[column.key] = { state: 'warning', code: random.pick(codes) }
      }
    }
    return { cells, states: cellStates }
  })
}
