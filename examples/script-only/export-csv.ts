import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Table } from '@opslayer/core'
import type { DemoRun } from './demo-run.ts'
import { count } from './report.ts'

/** Writes all rows of a table to a CSV file. The file appears when it is whole. */
export async function exportCsv({ acme, report, signal }: DemoRun, table: Table, path: string): Promise<void> {
  const unfinished = `${path}.part`
  await mkdir(dirname(path), { recursive: true })
  try {
    const call = "acme.exports.writeTo(table.id, { format: 'csv' }, createWriteStream(path))"
    const { rows, bytes } = await report.step('Export', call, () =>
      acme.exports.writeTo(table.id, { format: 'csv' }, createWriteStream(unfinished), { signal }),
    )
    await rename(unfinished, path)
    report.line(`${count(rows)} rows, ${count(bytes)} bytes`)
  } finally {
    await rm(unfinished, { force: true })
  }
}
