import type { AggregateId, Column, Filter, Json, OrgOps, Sort, Table } from '@opslayer/core'

/** What there is to show of a table whose columns nobody knows beforehand. */
export interface Plan {
  /** Columns that tell rows apart, and those that the filter and the sort are about. */
  readonly columns: readonly string[]
  readonly filter: Filter
  readonly sort: readonly Sort[]
  /** A column with few different values, if there is one. */
  readonly groupBy: Column | undefined
  /** A column of numbers, if there is one. */
  readonly number: Column | undefined
  /** "Set Stage to Contacted where Stage is New". */
  readonly edit: { readonly filter: Filter; readonly cells: Readonly<Record<string, Json>> }
}

const numberTypes = ['currency', 'number', 'percent', 'rating', 'duration']
const choiceTypes = ['status', 'dropdown']
const fewValues = 40

/** Picks columns for a filter, a sort, a grouping and an edit by their types and values. */
export async function planQueries(acme: OrgOps, table: Table): Promise<Plan> {
  const numbers = byTypes(table, numberTypes)
  const { groupBy, values } = await findGrouping(acme, table)
  const [number] = numbers
  const score = numbers[1]
  const first = table.columns[0]
  if (first === undefined) throw new TypeError('A table made from a file has columns')
  const parts: Filter[] = []
  if (groupBy !== undefined) parts.push({ column: groupBy.key, op: 'is', value: values[0] })
  if (score !== undefined) parts.push({ column: score.key, op: 'gte', value: await medianOf(acme, table, score) })
  if (parts.length === 0) parts.push({ column: (number ?? first).key, op: 'is_not_empty' })
  const labels = table.columns.filter(({ type }) => type === 'text' || type === 'person').slice(0, 2)
  const shown = [...labels, groupBy, score, number ?? first].flatMap((column) => column?.key ?? [])
  return {
    columns: [...new Set(shown)],
    filter: { and: parts },
    sort: [{ column: (number ?? first).key, dir: number === undefined ? 'asc' : 'desc' }],
    groupBy,
    number,
    edit:
      groupBy !== undefined && values[1] !== undefined
        ? { filter: { column: groupBy.key, op: 'is', value: values[0] }, cells: { [groupBy.key]: values[1] } }
        : { filter: { column: first.key, op: 'is_not_empty' }, cells: { [first.key]: null } },
  }
}

function byTypes(table: Table, types: readonly string[]): Column[] {
  return types.flatMap((type) => table.columns.filter((column) => column.type === type))
}

/** A status or a dropdown, or else the first column of texts that repeat; with its values, the most frequent first. */
async function findGrouping(acme: OrgOps, table: Table): Promise<{ groupBy?: Column; values: Json[] }> {
  for (const column of byTypes(table, [...choiceTypes, 'text', 'company', 'person'])) {
    const found = await acme.rows.distinct(table.id, { column: column.key, limit: fewValues + 1 })
    const repeats = (found[0]?.count ?? 0) > 1 && found.length > 1
    if (repeats && found.length <= fewValues) return { groupBy: column, values: found.map(({ value }) => value) }
  }
  return { values: [] }
}

async function medianOf(acme: OrgOps, table: Table, column: Column): Promise<Json> {
  const aggregate: AggregateId = 'median'
  const { aggregates } = await acme.rows.summary(table.id, { aggregates: [{ column: column.key, aggregate }] })
  return Number(aggregates[0] ?? 0)
}
