import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { ServedLeads } from './jump-around.ts'

export interface LeadsOptions {
  readonly rows: number
  /** Connection string. @default an embedded database */
  readonly database?: string
}

/** Starts the server of leads in a process of its own, as users have it. */
export async function startLeads({ rows, database }: LeadsOptions): Promise<ServedLeads & AsyncDisposable> {
  const script = join(import.meta.dirname, '../servers/leads-server.ts')
  const args = ['--conditions=@opslayer/source', script, String(rows), ...(database === undefined ? [] : [database])]
  const server = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => {
    server.once('exit', () => resolve())
  })
  for await (const line of createInterface({ input: server.stdout })) {
    const leads = JSON.parse(line) as ServedLeads
    return {
      ...leads,
      async [Symbol.asyncDispose]() {
        server.stdin.end()
        await ended
      },
    }
  }
  throw new Error('The server of leads ended before it was ready.')
}
