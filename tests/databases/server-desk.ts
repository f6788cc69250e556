import { once } from 'node:events'
import { createServer } from 'node:http'
import type { ServerVersion } from './postgres-binaries.ts'
import { type Server, startServer } from './start-server.ts'

/** Hands out servers to the workers of one test run. */
export interface ServerDesk extends AsyncDisposable {
  /** Where workers ask; see {@link askForServer}. */
  readonly url: string
  /** The servers that somebody asked for. */
  servers(): Promise<readonly Server[]>
}

interface Answer {
  readonly url?: string
  readonly version?: number
  readonly error?: string
}

/**
 * Opens a desk that starts each server at the first request and keeps it for the run: a run of unit tests alone starts none,
 * and workers, which come and go with their test file, share one.
 */
export async function openServerDesk(options: { readonly keep: boolean }): Promise<ServerDesk> {
  const started = new Map<ServerVersion, Promise<Server>>()
  const start = (version: ServerVersion): Promise<Server> => {
    const server = started.get(version) ?? startServer({ version, keep: options.keep })
    started.set(version, server)
    return server
  }
  const http = createServer(async (request, response) => {
    const answer = await answerFor(start, request.url === '/15' ? 15 : 18)
    response.writeHead(200, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(answer))
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const address = http.address()
  if (address === null || typeof address === 'string') throw new Error('The loopback interface gave no port')
  const servers = async (): Promise<readonly Server[]> => {
    const settled = await Promise.allSettled(started.values())
    return settled.filter((each) => each.status === 'fulfilled').map((each) => each.value)
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    servers,
    async [Symbol.asyncDispose]() {
      http.close()
      http.closeAllConnections()
      if (options.keep) return
      for (const server of await servers()) await server.stop()
    },
  }
}

/** Asks the desk of this test run for a server, which starts it if need be. */
export async function askForServer(deskUrl: string, version: ServerVersion): Promise<{ url: string; version: number }> {
  const response = await fetch(`${deskUrl}/${version}`)
  const answer = (await response.json()) as Answer
  if (answer.url === undefined || answer.version === undefined) throw new Error(answer.error ?? 'No server was started')
  return { url: answer.url, version: answer.version }
}

async function answerFor(start: (version: ServerVersion) => Promise<Server>, version: ServerVersion): Promise<Answer> {
  try {
    const server = await start(version)
    return { url: server.url, version: server.version }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}
