import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { BenchTable } from './bench-table.ts'

/** What the process that edits is told. */
export interface EditorOrder {
  readonly url: string
  readonly tableId: string
  readonly firstId: number
  readonly lastId: number
  readonly perSecond: number
}

/** What it did. */
export interface EditorReport {
  readonly edits: number
  readonly seconds: number
  readonly latenciesMs: readonly number[]
}

/** Runs `work` while another process edits single cells of the same table at a steady pace. */
export async function besideEdits(
  url: string,
  { tableId, firstId, lastId }: BenchTable,
  perSecond: number,
  work: () => Promise<void>,
): Promise<EditorReport> {
  const editor = fork(join(import.meta.dirname, 'editor.ts'), { execArgv: process.execArgv })
  try {
    const order: EditorOrder = { url, tableId, firstId, lastId, perSecond }
    editor.send(order)
    await once(editor, 'message')
    await work()
    editor.send('stop')
    const [report] = await once(editor, 'message')
    return report as EditorReport
  } finally {
    editor.kill()
  }
}
