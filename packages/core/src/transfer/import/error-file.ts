import * as z from 'zod'
import { findRunOutput } from '../../catalog/run-outputs.repository.ts'
import { findRun, runNotFound } from '../../catalog/runs.repository.ts'
import type { CallOptions } from '../../db/transaction.ts'
import { checkedRunId } from '../../runs/runs.service.ts'
import type { OrgSession } from '../../store/org-session.ts'
import type { Json } from '../../values/json.ts'
import { escapeSpreadsheetText, unescapeSpreadsheetText } from '../spreadsheet-escape.ts'
import { errorHeaders, type RejectedRow, unpackRejected } from './rejected-rows.ts'

const inputOfRun = z.object({ headers: z.array(z.string()), format: z.object({ kind: z.string() }).optional() })

/**
 * The rows that an import or a copy from another table rejected, as a CSV file: where they stand, what is wrong, and the
 * rows themselves under the file's own headers. The line of a copy is the id of the row of the source. Corrected, the
 * file can be imported with the same mapping; its first four columns go nowhere.
 *
 * @throws OpsError `NOT_FOUND` if there is no such run
 */
export async function* readErrorFile(
  session: OrgSession,
  runId: string,
  options: CallOptions = {},
): AsyncGenerator<Uint8Array> {
  const id = checkedRunId(runId)
  const { headers, format } = await session.read(options, async ({ tx, org }) => {
    const run = await findRun(tx.db, org.orgId, id)
    if (run.kind !== 'import' && run.kind !== 'copy') throw runNotFound(runId)
    return inputOfRun.parse(run.input)
  })
  // What stands before cells of such a file that a spreadsheet would compute is none of them, and is not escaped once more.
  const textOf = format?.kind === 'delimited' ? (cell: Json) => unescapeSpreadsheetText(cellText(cell)) : cellText
  yield Buffer.from(`\uFEFF${csvLine([...errorHeaders, ...headers])}`)
  for (let part = 0; ; part += 1) {
    const content = await session.read(options, ({ tx, org }) => findRunOutput(tx.db, org.orgId, id, part))
    if (content === undefined) return
    yield Buffer.from(
      unpackRejected(content)
        .map((row) => rowLine(row, textOf))
        .join(''),
    )
  }
}

function rowLine({ line, columns, values, reasons, cells }: RejectedRow, textOf: (cell: Json) => string): string {
  const own = [String(line), columns.join('; '), values.join('; '), reasons.join('; ')]
  return csvLine([...own, ...(cells ?? []).map(textOf)])
}

function cellText(cell: Json): string {
  if (cell === null) return ''
  return typeof cell === 'string' ? cell : JSON.stringify(cell)
}

function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => csvField(escapeSpreadsheetText(cell))).join(',')}\r\n`
}

function csvField(text: string): string {
  return /[",\r\n]/.test(text) || text.trim() !== text ? `"${text.replaceAll('"', '""')}"` : text
}
