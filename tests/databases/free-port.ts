import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below those that systems give to connections, and to who asks for any. */
const [firstPort, endPort] = [10_000, 32_000]

/**
 * A loopback port that was free a moment ago, and that nobody gets by chance. Another process may take it first: whoever
 * binds it must be ready to try again.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(firstPort, endPort)
    const server = createServer().listen(port, '127.0.0.1')
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    )
    if (!isFree) continue
    server.close()
    await once(server, 'close')
    return port
  }
}
