import type { OrgOps } from '@opslayer/core'
import type { Client } from 'pg'
import type { Bench } from '../harness.ts'
import { asInputs, createLeads } from '../store/bench-table.ts'
import { type Lead, leads } from '../store/data-set.ts'
import { copyBuffers, copyInto, createIdealTable } from '../store/ideal-table.ts'

const formulas = [
  { name: 'Per visit', formula: 'ROUND(@revenue / @visits, 2)' },
  { name: 'Grade', formula: 'IF(@per_visit > 50, "A", "B") & " " & @country' },
  { name: 'Who', formula: 'UPPER(TRIM(@name)) & ", " & @company' },
] as const

/** Rows into a table of 20 columns and three formulas, against COPY of the 20 columns. */
export async function measureLoad(bench: Bench, acme: OrgOps, client: Client, count: number): Promise<void> {
  const rows: readonly Lead[] = [...leads(count)]
  const buffers = copyBuffers(rows)
  let round = 0
  let tableId = ''
  await bench.compare(
    'insert with three formulas',
    {
      ours: () => acme.rows.load(tableId, asInputs(rows)),
      limit: () => copyInto(client, `computed_${round}`, buffers),
    },
    {
      runs: 3,
      warmUp: 1,
      itemsPerCall: count,
      before: async () => {
        round += 1
        tableId = await createLeads(acme, `Computed ${round}`)
        for (const formula of formulas) await acme.columns.create(tableId, formula)
        await createIdealTable(client, `computed_${round}`)
      },
    },
  )
}
