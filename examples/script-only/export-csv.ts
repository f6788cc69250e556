import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Table } from '@opslayer/core'
import { stringify } from 'csv-stringify'
import type { DemoRun } from './demo-run.ts'
import { count } from './report.ts'

/** Writes all rows of a table to a CSV file, page by page. The file appears when it is whole. */
export async function exportCsv(run: DemoRun, table: Table, path: string): Promise<void> {
  const { report, signal } = run
  const unfinished = `${path}.part`
  await mkdir(dirname(path), { recursive: true })
  try {
    await report.step('Export', 'for await (const rows of acme.rows.pages(table.id, { limit: 1_000 })) …', () =>
      pipeline(recordsOf(run, table), stringify(), createWriteStream(unfinished), { signal }),
    )
    await rename(unfinished, path)
  } finally {
    await rm(unfinished, { force: true })
  }
  report.line(`${count((await stat(path)).size)} bytes`)
}

async function* recordsOf({ acme, texts, signal }: DemoRun, table: Table): AsyncGenerator<readonly string[]> {
  yield table.columns.map(({ name }) => name)
  for await (const rows of acme.rows.pages(table.id, { limit: 1_000 }, { signal })) {
    for (const { cells } of rows) yield table.columns.map((column) => texts.toCsv(column, cells[column.key] ?? null))
  }
}
