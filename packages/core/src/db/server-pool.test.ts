import { readFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { expect, it } from 'vitest'
import { serverPool } from './server-pool.ts'

/** What the kernel waits for on the connections to a port: `02` is the next packet that keeps one alive. */
function timersTo(port: number): string[] {
  const place = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , remote = '']) => remote.endsWith(place))
      .map(([, , , , , timer = '']) => timer.slice(0, 2)),
  )
}

it.runIf(process.platform === 'linux')('connections are kept alive while nobody uses them', async () => {
  const sockets: Socket[] = []
  // Takes a connection and lets everybody in: an answer "authenticated" and one "ready".
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.once('data', () => socket.write(Buffer.from('5200000008000000005a0000000549', 'hex')))
  }).listen(0)
  const address = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  const pool = serverPool(`postgres://u:p@127.0.0.1:${port}/db`)
  const client = await pool.connect()
  // Until what was sent is acknowledged, the kernel waits for that.
  await expect.poll(() => timersTo(port)).toEqual(['02'])
  client.release(true)
  for (const socket of sockets) socket.destroy()
  server.close()
  await pool.end()
})
