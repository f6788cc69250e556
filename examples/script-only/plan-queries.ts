import type { BulkTarget, Column, Filter, Json, OrgOps, Sort, Table } from '@opslayer/core'

/** What there is to show of a table whose columns nobody knows beforehand. */
export interface Plan {
  /** Columns that tell rows apart, and those that the filter and the sort are about. */
  readonly columns: readonly Column[]
  readonly filter: Filter
  readonly sort: readonly Sort[]
  /** A column with few values that repeat, if there is one. */
  readonly groupBy: Column | undefined
  /** A column of numbers, if there is one. */
  readonly number: Column | undefined
  /** "Set Stage to Contacted where Stage is New", or else "empty the first column". */
  readonly edit: { readonly target: BulkTarget; readonly cells: Readonly<Record<string, Json>> }
}

const numberTypes = ['currency', 'number', 'percent', 'rating', 'duration']
const choiceTypes = ['status', 'dropdown', 'text', 'company', 'person']
/** A grouping is worth looking at up to this many groups. */
const fewValues = 40
/** Columns that are looked at for a grouping. */
const columnsTried = 20

/** Picks columns for a filter, a sort, a grouping and an edit, by their types and values. */
export async function planQueries(acme: OrgOps, table: Table): Promise<Plan> {
  const [first] = table.columns
  if (first === undefined) throw new TypeError('A table made from a file has columns')
  const [number, score] = ofTypes(table, numberTypes)
  const grouping = await findGrouping(acme, table)
  const main = number ?? first
  const names = ofTypes(table, ['text', 'person', 'long_text']).slice(0, 2)
  return {
    columns: [...new Set([...names, grouping?.column, score, main].filter((column) => column !== undefined))],
    filter: await chooseFilter(acme, table, grouping, score, main),
    sort: [{ column: main.key, dir: number === undefined ? 'asc' : 'desc' }],
    groupBy: grouping?.column,
    number,
    edit:
      grouping === undefined
        ? { target: 'all', cells: { [first.key]: null } }
        : {
            target: { column: grouping.column.key, op: 'is', value: grouping.values[0] },
            cells: { [grouping.column.key]: grouping.values[1] },
          },
  }
}

/** Columns in the order of the types. */
function ofTypes(table: Table, types: readonly string[]): Column[] {
  return types.flatMap((type) => table.columns.filter((column) => column.type === type))
}

interface Grouping {
  readonly column: Column
  /** The two values that most rows have. */
  readonly values: readonly [Json, Json]
  readonly groups: number
}

/** The column with the fewest values among those whose values repeat. */
async function findGrouping(acme: OrgOps, table: Table): Promise<Grouping | undefined> {
  let best: Grouping | undefined
  for (const column of ofTypes(table, choiceTypes).slice(0, columnsTried)) {
    const found = await acme.rows.distinct(table.id, { column: column.key, limit: fewValues + 1 })
    const [most, second] = found
    if (most === undefined || second === undefined || most.count < 2 || found.length > fewValues) continue
    if (best === undefined || found.length < best.groups) {
      best = { column, values: [most.value, second.value], groups: found.length }
    }
  }
  return best
}

async function chooseFilter(
  acme: OrgOps,
  table: Table,
  grouping: Grouping | undefined,
  score: Column | undefined,
  main: Column,
): Promise<Filter> {
  const parts: Filter[] = []
  if (grouping !== undefined) parts.push({ column: grouping.column.key, op: 'is', value: grouping.values[0] })
  if (score !== undefined) parts.push({ column: score.key, op: 'gte', value: await medianOf(acme, table, score) })
  if (parts.length > 0) return { and: parts }
  return main.type === 'checkbox'
    ? { column: main.key, op: 'is', value: true }
    : { column: main.key, op: 'is_not_empty' }
}

async function medianOf(acme: OrgOps, table: Table, { key }: Column): Promise<number> {
  const { aggregates } = await acme.rows.summary(table.id, { aggregates: [{ column: key, aggregate: 'median' }] })
  return Number(aggregates[0] ?? 0)
}
