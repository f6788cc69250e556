import type { Table } from '@opslayer/core'
import type { DemoRun } from './demo-run.ts'
import type { Plan } from './plan-queries.ts'
import { code, count } from './report.ts'

/** Changes a cell in every row that satisfies a filter, and takes it back. */
export async function editAndUndo({ acme, report, signal }: DemoRun, table: Table, { edit }: Plan): Promise<void> {
  const { target, cells } = edit
  const call = `acme.rows.updateWhere(table.id, ${code(target)}, ${code(cells)})`
  const edited = await report.step('Bulk edit', call, () => acme.rows.updateWhere(table.id, target, cells, { signal }))
  report.line(`${count(edited.rows)} rows changed, in one operation`)

  const undone = await report.step('Undo', 'acme.undo()', () => acme.undo({ signal }))
  report.line(`${count(undone.rows)} rows as they were, ${count(undone.totalConflicts)} changed by others meanwhile`)
}
