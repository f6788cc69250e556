import { sql } from 'kysely'
import type { TableWork } from '../org-session.ts'
import { physical } from '../physical-names.ts'
import { formulaWrite } from './formula-write.ts'

/** Computes all formulas of rows that came back as they were: definitions, or the time, may have moved on since. */
export async function refreshFormulas(work: TableWork, rowIds: readonly string[]): Promise<void> {
  const write = formulaWrite(work, 'all')
  if (write === null) return
  const rows = physical.rows(work.org, work.table)
  const cells = write.cells.map((cell) => sql`t.${sql.id(cell)} as ${sql.id(cell)}`)
  const sets = write.sets('f').map(({ name, value }) => sql`${name} = ${value}`)
  const source = sql`(select ${sql.join([sql`t._id`, ...cells])} from ${rows} as t where t._id = any (${[...rowIds]}::bigint[]))`
  await work.tx.run(sql`
    update ${rows} as t set ${sql.join(sets)} from ${write.relation(source, ['_id'])} as f where t._id = f._id`)
}
