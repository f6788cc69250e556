import type { Json } from '../values/json.ts'
import { dayOf, isoDay } from './date-value.ts'
import { round15 } from './float-digits.ts'
import type { FormulaColumn } from './formula-column.ts'
import { elementOf, type FormulaType, isList } from './formula-type.ts'
import type { ListValue, Value } from './value.ts'

/** Turns cells of a column into values. */
export function cellReader(column: FormulaColumn): (cell: Json) => Value {
  const read = reader(column.type)
  const { options } = column
  if (options === undefined) return (cell) => (cell === null ? null : read(cell))
  const names = new Map(options.map(({ id, name }) => [id, name]))
  const nameOf = (id: Json) => names.get(String(id)) ?? String(id)
  return (cell) => (cell === null ? null : Array.isArray(cell) ? (cell as readonly Json[]).map(nameOf) : nameOf(cell))
}

function reader(type: FormulaType): (cell: Json) => Value {
  if (isList(type)) {
    const read = reader(elementOf(type))
    return (cell) => (Array.isArray(cell) && cell.length > 0 ? cell.map((item) => read(item as Json) as string) : null)
  }
  switch (type) {
    case 'date':
      return (cell) => dayOf(String(cell))
    case 'datetime':
      return (cell) => Date.parse(String(cell))
    case 'number':
    case 'duration':
      return (cell) => Number(cell)
    case 'text':
      return (cell) => (cell === '' ? null : String(cell))
    case 'boolean':
      return (cell) => cell === true
    case 'json':
    case 'blank':
      return (cell) => cell
    default:
      return type satisfies never
  }
}

/** Turns values into cells: numbers with 15 digits, dates and moments as ISO text. */
export function toCell(type: FormulaType): (value: Value) => Json {
  if (isList(type)) {
    const write = toCell(elementOf(type))
    return (value) => (value === null ? null : (value as ListValue).map(write))
  }
  switch (type) {
    case 'date':
      return (value) => (value === null ? null : isoDay(value as number))
    case 'datetime':
      return (value) => (value === null ? null : new Date(value as number).toISOString())
    case 'number':
    case 'duration':
      return (value) => (value === null ? null : round15(value as number) + 0)
    case 'text':
    case 'boolean':
    case 'json':
    case 'blank':
      return (value) => value as Json
    default:
      return type satisfies never
  }
}
