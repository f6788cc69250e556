import type { FormulaColumn } from './formula-column.ts'
import { elementOf, type FormulaType, isList } from './formula-type.ts'
import {
  bound,
  cellFragment,
  code,
  collated,
  type Fragment,
  numericSql,
  ofNumeric,
  raw,
  sqlTypeOf,
} from './fragment.ts'

/** How a formula's result is kept in its column. */
export type ResultStorage = 'text' | 'numeric' | 'boolean' | 'date' | 'timestamptz' | 'text[]' | 'jsonb'

export function resultStorage(type: FormulaType): ResultStorage {
  if (isList(type)) return type === 'list<text>' ? 'text[]' : 'jsonb'
  switch (type) {
    case 'number':
    case 'duration':
      return 'numeric'
    case 'datetime':
      return 'timestamptz'
    case 'json':
      return 'jsonb'
    case 'blank':
      return 'text'
    case 'text':
    case 'boolean':
    case 'date':
      return type
    default:
      return type satisfies never
  }
}

/**
 * SQL of a cell as the value that formulas work with.
 *
 * @param result the result of a formula that takes the place of the cell
 */
export function readCellSql(column: FormulaColumn, result?: Fragment): Fragment {
  const stored = result ?? cellFragment(column.cell)
  const isResult = result !== undefined
  const { type, options } = column
  if (options !== undefined) return optionNames(type, stored, options)
  if (isList(type))
    return type === 'list<text>' && column.storedAs !== 'jsonb' ? collated(stored) : listOfJson(type, stored)
  if (type === 'number' || type === 'duration') {
    return column.errorCell === undefined && !isResult ? code`${stored}::float8` : ofNumeric(stored)
  }
  return type === 'text' ? collated(stored) : stored
}

function optionNames(
  type: FormulaType,
  stored: Fragment,
  options: readonly { readonly id: string; readonly name: string }[],
): Fragment {
  const ids = bound(
    options.map(({ id }) => id),
    'text[]',
  )
  const names = bound(
    options.map(({ name }) => name),
    'text[]',
  )
  const nameOf = (id: Fragment) => code`coalesce((${names})[array_position(${ids}, ${id})], ${id})`
  if (!isList(type)) return collated(nameOf(stored))
  const items = code`select ${nameOf(raw('item.id'))} from unnest(${stored}) with ordinality as item(id, place) order by item.place`
  return code`(case when ${stored} is not null then array(${items}) end) collate "C"`
}

/** Lists of other things than text lie as JSON, whose elements we wrote ourselves. */
function listOfJson(type: FormulaType, stored: Fragment): Fragment {
  const element = isList(type) ? sqlTypeOf(elementOf(type)) : 'text'
  const items = code`select item.value::${raw(element)} from jsonb_array_elements_text(${stored}) with ordinality as item(value, place) order by item.place`
  return code`(case when jsonb_typeof(${stored}) = 'array' then array(${items}) end)`
}

/** SQL of a value as its column keeps it. */
export function storeCellSql(type: FormulaType, value: Fragment): Fragment {
  if (isList(type)) {
    if (type === 'list<text>') return value
    const element = elementOf(type)
    if (element === 'number' || element === 'duration') return code`to_jsonb((${value})::numeric[])`
    if (element !== 'datetime') return code`to_jsonb(${value})`
    const items = code`select to_char(item.value at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from unnest(${value}) with ordinality as item(value, place) order by item.place`
    return code`(case when ${value} is not null then to_jsonb(array(${items})) end)`
  }
  return type === 'number' || type === 'duration' ? numericSql(value) : value
}
