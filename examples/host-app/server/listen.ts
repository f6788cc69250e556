import type { Server } from 'node:http'

/** Not `localhost`, which is two addresses: on one of them another program may listen at the same port. */
const address = '127.0.0.1'

/** How many ports are tried after the wanted one. */
const tries = 20

/**
 * Listens on this machine alone: at the wanted port, or at the next one that is free.
 *
 * @returns the address, for people
 */
export async function listen(server: Server, wanted: number, signal: AbortSignal): Promise<string> {
  for (let port = wanted; ; port += 1) {
    signal.throwIfAborted()
    try {
      const bound = await listenAt(server, port)
      return `http://${address}:${bound}/`
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
      if (!isTaken || wanted === 0 || port >= Math.min(wanted + tries, 65_535)) throw error
    }
  }
}

function listenAt(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, address, () => {
      server.off('error', reject)
      const bound = server.address()
      resolve(typeof bound === 'object' && bound !== null ? bound.port : port)
    })
  })
}
