import { createWriteStream } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { OrgOps, Table } from '@opslayer/core'
import { stringify } from 'csv-stringify'
import type { CellTexts } from './cell-text.ts'
import { count, type Report } from './report.ts'

/** Writes all rows of a table to a CSV file, page by page. */
export async function exportCsv(
  acme: OrgOps,
  table: Table,
  texts: CellTexts,
  path: string,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const query = { limit: 1_000 }
  let rows = 0
  async function* records(): AsyncGenerator<readonly string[]> {
    yield table.columns.map(({ name }) => name)
    for await (const page of acme.rows.pages(table.id, query, { signal })) {
      rows += page.length
      for (const { cells } of page) yield table.columns.map((column) => texts.toCsv(column, cells[column.key] ?? null))
    }
  }
  await mkdir(dirname(path), { recursive: true })
  await report.step('Export', `for await (const page of acme.rows.pages(table.id, { limit: 1_000 })) …`, () =>
    pipeline(records(), stringify(), createWriteStream(path), { signal }),
  )
  report.line(`${count(rows)} rows, ${count((await stat(path)).size)} bytes`)
}
