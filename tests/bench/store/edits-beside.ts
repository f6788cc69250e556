import { type ChildProcess, fork } from 'node:child_process'
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
    await said(editor)
    await work()
    editor.send('stop')
    return (await said(editor)) as EditorReport
  } finally {
    editor.kill()
  }
}

/** What the editor says next. @throws if it ended instead */
async function said(editor: ChildProcess): Promise<unknown> {
  const listening = new AbortController()
  // Unlike `exit`, it comes after the messages that were sent before.
  const ended = once(editor, 'disconnect', listening).then(() =>
    Promise.reject(new Error(`The editor ended: ${editor.exitCode}.`)),
  )
  try {
    const [message] = await Promise.race([once(editor, 'message', listening), ended])
    return message
  } finally {
    listening.abort()
    await ended.catch(() => {}) // Nobody listens any more.
  }
}
