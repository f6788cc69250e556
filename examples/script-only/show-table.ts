import type { Aggregate, AggregateValue, AnyColumnType, Column, Json, OrgOps, Table } from '@opslayer/core'
import { type CellTexts, headOf, rowTexts } from './cell-text.ts'
import type { Plan } from './plan-queries.ts'
import { code, count, type Report } from './report.ts'

const rowsShown = 5

/** Reads a table in all the ways that a page of an app would. */
export async function showTable(
  acme: OrgOps,
  types: readonly AnyColumnType[],
  texts: CellTexts,
  table: Table,
  plan: Plan,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const options = { signal }
  const limit = { limit: rowsShown }
  const first = await report.step('First rows', `acme.rows.page(table.id, ${code(limit)})`, () =>
    acme.rows.page(table.id, limit, options),
  )
  report.table(
    table.columns.map(headOf),
    first.rows.map((row) => rowTexts(row, table.columns, texts)),
  )

  const { filter, sort } = plan
  const query = { filter, sort, columns: plan.columns, limit: rowsShown }
  const page = await report.step('Filtered and sorted', `acme.rows.page(table.id, ${code(query)})`, () =>
    acme.rows.page(table.id, query, options),
  )
  const shown = plan.columns.flatMap((key) => table.columns.filter((column) => column.key === key))
  report.table(
    shown.map(headOf),
    page.rows.map((row) => rowTexts(row, shown, texts)),
  )
  const found = await acme.rows.count(table.id, { filter }, options)
  report.line(`${count(page.rows.length)} of ${count(found.count)} rows`)

  if (plan.groupBy !== undefined) await showGroups(acme, texts, table, plan.groupBy, plan.number, report, signal)
  await showSummary(acme, types, table, report, signal)
}

async function showGroups(
  acme: OrgOps,
  texts: CellTexts,
  table: Table,
  groupBy: Column,
  number: Column | undefined,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const aggregates: Aggregate[] =
    number === undefined ? [] : (['sum', 'avg'] as const).map((aggregate) => ({ column: number.key, aggregate }))
  const query = { groupBy: [{ column: groupBy.key }], aggregates, limit: 10 }
  const { groups, total } = await report.step('Groups', `acme.rows.groups(table.id, ${code(query)})`, () =>
    acme.rows.groups(table.id, query, { signal }),
  )
  report.table(
    [
      { title: groupBy.name },
      { title: 'Rows', align: 'right' },
      ...aggregates.map(({ aggregate }) => ({ title: `${number?.name} ${aggregate}`, align: 'right' as const })),
    ],
    groups.map(({ path, count: rows, aggregates: values }) => [
      path[0] === null ? '(empty)' : texts.show(groupBy, path[0] as Json),
      count(rows),
      ...values.map((value) => (number === undefined ? '' : numberText(number, value, texts))),
    ]),
  )
  if (total > groups.length) report.note(`… and ${count(total - groups.length)} more groups`)
}

async function showSummary(
  acme: OrgOps,
  types: readonly AnyColumnType[],
  table: Table,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const menus = new Map(types.map(({ id, aggregates }) => [id, aggregates]))
  const columns = table.columns.slice(0, summaryColumns)
  const aggregates = columns.flatMap((column) => {
    const menu = menus.get(column.type) ?? []
    const aggregate = menu.find((each) => each !== 'distribution')
    return aggregate === undefined ? [] : [{ column: column.key, aggregate }]
  })
  const query = { aggregates }
  const summary = await report.step('Summary row', `acme.rows.summary(table.id, ${code(query)})`, () =>
    acme.rows.summary(table.id, query, { signal }),
  )
  report.table(
    [{ title: 'Column' }, { title: 'Aggregate' }, { title: 'Value', align: 'right' }],
    aggregates.map(({ column, aggregate }, place) => [column, aggregate, plainText(summary.aggregates[place] ?? null)]),
  )
}

const summaryColumns = 20

/** Sums and averages come as exact decimal text. */
function numberText(column: Column, value: AggregateValue, texts: CellTexts): string {
  return value === null ? '' : texts.show(column, Math.round(Number(value) * 100) / 100)
}

function plainText(value: AggregateValue): string {
  if (value === null) return ''
  return Number.isFinite(Number(value)) ? count(Math.round(Number(value) * 100) / 100) : String(value)
}
