import type { Aggregate, Column, Table } from '@opslayer/core'
import type { DemoRun } from './demo-run.ts'
import type { Plan } from './plan-queries.ts'
import { code, count } from './report.ts'

const rowsShown = 5
const groupsShown = 10
const summariesShown = 20

/** Reads a table in the ways that a page of an app would. */
export async function showTable(run: DemoRun, table: Table, plan: Plan): Promise<void> {
  await showFirstRows(run, table)
  await showFiltered(run, table, plan)
  if (plan.groupBy !== undefined) await showGroups(run, table, plan.groupBy, plan.number)
  await showSummary(run, table)
}

async function showFirstRows({ acme, texts, report, signal }: DemoRun, table: Table): Promise<void> {
  const query = { limit: rowsShown }
  const { rows } = await report.step('First rows', `acme.rows.page(table.id, ${code(query)})`, () =>
    acme.rows.page(table.id, query, { signal }),
  )
  report.table(
    table.columns.map(texts.head),
    rows.map((row) => texts.showRow(row, table.columns)),
  )
}

async function showFiltered({ acme, texts, report, signal }: DemoRun, table: Table, plan: Plan): Promise<void> {
  const { filter, sort } = plan
  const query = { filter, sort, columns: plan.columns.map(({ key }) => key), limit: rowsShown }
  const { rows } = await report.step('Filtered and sorted', `acme.rows.page(table.id, ${code(query)})`, () =>
    acme.rows.page(table.id, query, { signal }),
  )
  report.table(
    plan.columns.map(texts.head),
    rows.map((row) => texts.showRow(row, plan.columns)),
  )
  const found = await acme.rows.count(table.id, { filter }, { signal })
  report.line(`${count(rows.length)} of ${count(found.count)} rows`)
}

async function showGroups(
  { acme, texts, report, signal }: DemoRun,
  table: Table,
  groupBy: Column,
  number: Column | undefined,
): Promise<void> {
  const aggregates: Aggregate[] = number === undefined ? [] : [{ column: number.key, aggregate: 'avg' }]
  const query = { groupBy: [{ column: groupBy.key }], aggregates, limit: groupsShown }
  const { groups, total } = await report.step('Groups', `acme.rows.groups(table.id, ${code(query)})`, () =>
    acme.rows.groups(table.id, query, { signal }),
  )
  report.table(
    [
      { title: groupBy.name },
      { title: 'Rows', align: 'right' },
      ...(number === undefined ? [] : [{ title: `${number.name} on average`, align: 'right' as const }]),
    ],
    groups.map(({ path: [value = null], count: rows, aggregates: [average = null] }) => [
      value === null ? '(empty)' : texts.show(groupBy, value),
      count(rows),
      // Averages come as exact decimal text.
      ...(number === undefined || average === null ? [] : [texts.show(number, Number(average))]),
    ]),
  )
  if (total > groups.length) report.note(`… and ${count(total - groups.length)} more groups`)
}

async function showSummary({ acme, texts, report, signal }: DemoRun, table: Table): Promise<void> {
  const summed = table.columns.slice(0, summariesShown).flatMap((column) => {
    const aggregate = texts.defaultAggregate(column)
    return aggregate === undefined ? [] : [{ column, aggregate }]
  })
  const query = { aggregates: summed.map(({ column, aggregate }) => ({ column: column.key, aggregate })) }
  const { aggregates } = await report.step('Summary row', `acme.rows.summary(table.id, ${code(query)})`, () =>
    acme.rows.summary(table.id, query, { signal }),
  )
  report.table(
    [{ title: 'Column' }, { title: 'Aggregate' }, { title: 'Value', align: 'right' }],
    summed.map(({ column, aggregate }, place) => [column.name, aggregate, readable(aggregates[place])]),
  )
}

/** A count, exact decimal text, or a date. */
function readable(value: unknown): string {
  if (value === null || value === undefined) return ''
  return Number.isFinite(Number(value)) ? count(Number(value)) : String(value)
}
