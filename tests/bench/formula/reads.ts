import type { OrgOps } from '@opslayer/core'
import type { Client } from 'pg'
import type { Bench } from '../harness.ts'
import { orgId } from '../store/bench-table.ts'
import { physicalTable } from '../store/ideal-table.ts'
import { asInputs, createSales, sales } from './sales.ts'

const formulas = [
  { key: 'total', name: 'Total', formula: 'ROUND(@price * @amount * (1 - @discount), 2)' },
  { key: 'city_grade', name: 'City grade', formula: '@city & IF(@total > 5000, " A", " B")' },
]

/** Reads by the result of a formula, against hand-written SQL on a table with the results as plain columns and its index. */
export async function measureReads(bench: Bench, acme: OrgOps, client: Client, count: number): Promise<void> {
  const tableId = await createSales(acme, 'Read', formulas)
  await acme.rows.load(tableId, asInputs(sales(count)))
  const physical = await physicalTable(client, orgId, tableId)
  const { columns } = await acme.tables.get(tableId)
  const keys = columns.map(({ key }, place) => `c${place + 1} as ${key}`)
  await client.query('create schema if not exists ideal')
  await client.query(`create table ideal.read as select _id as id, ${keys.join(', ')} from ${physical} order by _id`)
  await client.query('alter table ideal.read add primary key (id)')
  await client.query('create index on ideal.read (total, id)')
  for (const name of [physical, 'ideal.read']) await client.query(`vacuum analyze ${name}`)
  const { rows } = await client.query(
    `select percentile_disc(0.95) within group (order by total) as high from ideal.read`,
  )
  const high = Number(rows[0].high)
  const filter = { column: 'total', op: 'gt', value: high } as const
  const reads = [
    {
      name: 'page filtered by a formula',
      ours: () => acme.rows.page(tableId, { filter, limit: 100 }),
      limit: () => client.query('select * from ideal.read where total > $1 order by id limit 100', [high]),
    },
    {
      name: 'page sorted by a formula',
      ours: () => acme.rows.page(tableId, { sort: [{ column: 'total', dir: 'desc' }], limit: 100 }),
      limit: () => client.query('select * from ideal.read order by total desc nulls last, id desc limit 100'),
    },
    {
      name: 'count filtered by a formula',
      ours: () => acme.rows.count(tableId, { filter }),
      limit: () => client.query('select count(*) from ideal.read where total > $1', [high]),
    },
    {
      name: 'groups of a formula',
      ours: () =>
        acme.rows.groups(tableId, {
          groupBy: [{ column: 'city_grade' }],
          aggregates: [{ column: 'total', aggregate: 'sum' }],
        }),
      limit: () =>
        client.query('select city_grade, count(*), sum(total) from ideal.read group by city_grade order by city_grade'),
    },
  ]
  for (const { ours } of reads) for (let call = 0; call < 3; call += 1) await ours()
  await acme.advisor.run({ tableId })
  await client.query(`vacuum analyze ${physical}`)
  for (const { name, ours, limit } of reads) await bench.compare(name, { ours, limit }, { runs: 20, warmUp: 3 })
}
