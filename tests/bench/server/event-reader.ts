import { Agent, request } from 'node:http'
import { memberHeader } from '../../flows/testing/serve-ops.ts'

/** One open stream of changes. */
export interface EventReader {
  readonly ready: Promise<void>
  close(): void
}

/**
 * Opens a stream and says of each change which operation it was and when it arrived.
 *
 * @param slow reads nothing after the beginning, as a client on a dead link
 */
export function readEvents(
  url: string,
  id: string,
  { slow = false, onChange }: { readonly slow?: boolean; readonly onChange: (operation: string, at: number) => void },
): EventReader {
  const ready = Promise.withResolvers<void>()
  const headers = memberHeader({ orgId: 'acme', id, role: 'viewer' })
  const agent = new Agent({ maxSockets: 1 })
  const sent = request(`${url}/rpc/live.changes?input={}`, { agent, headers }, (response) => {
    let rest = ''
    response.setEncoding('utf8')
    response.on('data', (text: string) => {
      const at = performance.now()
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (line.includes('"ready"')) {
          ready.resolve()
          if (slow) response.pause()
        }
        for (const [, operation = ''] of line.matchAll(/"operation":"(op_\w+)"/g)) onChange(operation, at)
      }
    })
    response.on('error', () => undefined)
  })
  sent.on('error', (error) => ready.reject(error))
  sent.end()
  return { ready: ready.promise, close: () => sent.destroy() }
}
