import type { Json } from '../../values/json.ts'
import type { EngineBench } from './engine-bench.ts'

/** A table whose rows hold the inputs of a trial. */
export interface InputTable {
  readonly tableId: string
  /** In the order of the inputs. */
  readonly rowIds: readonly string[]
  /** Which column each input is read from. */
  readonly inputs: Readonly<Record<string, { readonly column: string }>>
}

/** Makes a table of a trial's inputs: a column for each, a row for each set of them. */
export async function inputTable<State>({ acme }: EngineBench<State>, given: readonly unknown[]): Promise<InputTable> {
  const rows = given.map((each) => asRecord(each))
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const columns = keys.map((key) => ({ name: key, type: columnTypeOf(rows.map((row) => row[key])) }))
  const table = await acme.tables.create({ name: 'Rows', columns })
  const cellsOf = (row: Readonly<Record<string, Json>>) =>
    Object.fromEntries(keys.map((key, place) => [table.columns[place]?.key ?? '', row[key] ?? null]))
  const inserted = await acme.rows.insert(
    table.id,
    rows.map((row) => ({ cells: cellsOf(row) })),
  )
  return {
    tableId: table.id,
    rowIds: inserted.rows.map(({ id }) => id),
    inputs: Object.fromEntries(keys.map((key, place) => [key, { column: table.columns[place]?.id ?? '' }])),
  }
}

/** What names a part of a connected plugin in requests. */
export function requestFor<State>({ plugin, connectionId }: EngineBench<State>, part: string) {
  return { plugin: plugin.id, part, ...(connectionId === undefined ? {} : { connectionId }) }
}

export function asRecord<Value = Json>(value: unknown): Readonly<Record<string, Value>> {
  return (value ?? {}) as Readonly<Record<string, Value>>
}

/** A type whose cells hold such inputs as they are. */
function columnTypeOf(values: readonly unknown[]): string {
  const types = new Set(values.filter((value) => value !== undefined && value !== null).map((value) => typeof value))
  if (types.size === 1 && types.has('number')) return 'number'
  if (types.size === 1 && types.has('boolean')) return 'checkbox'
  return types.has('object') ? 'json' : 'text'
}
