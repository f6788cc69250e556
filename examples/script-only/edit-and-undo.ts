import type { OrgOps, Table } from '@opslayer/core'
import type { Plan } from './plan-queries.ts'
import { code, count, type Report } from './report.ts'

/** Changes a cell in every row that satisfies a filter. */
export async function editAndUndo(
  acme: OrgOps,
  table: Table,
  { edit }: Plan,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const call = `acme.rows.updateWhere(table.id, ${code(edit.filter)}, ${code(edit.cells)})`
  const changed = await report.step('Bulk edit', call, () =>
    acme.rows.updateWhere(table.id, edit.filter, edit.cells, { signal }),
  )
  report.line(`${count(changed.rows)} rows changed in one operation, ${changed.operation}`)
}
