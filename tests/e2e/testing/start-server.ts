import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A server that a script runs in a process of its own. */
export interface StartedServer extends AsyncDisposable {
  /** What its first line of output says. */
  readonly place: ServerPlace
}

export interface ServerPlace {
  readonly url: string
  /** Of the same page with React's development build, where the server has one. */
  readonly developmentUrl?: string
  readonly tableId: string
}

/** Starts a server of `tests/e2e/servers` and waits until it says where it is. It ends with its input. */
export async function startServer(script: string, args: readonly string[] = []): Promise<StartedServer> {
  const server = spawn(process.execPath, ['--conditions=@opslayer/source', script, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => server.once('exit', resolve))
  for await (const line of createInterface({ input: server.stdout })) {
    return {
      place: JSON.parse(line),
      async [Symbol.asyncDispose]() {
        server.stdin.end()
        await ended
      },
    }
  }
  throw new Error(`${script} ended before it said where it is.`)
}
