import { OpsError } from '@opslayer/core'
import type { RunCall } from '../calls.ts'
import { streamed } from './streamed.ts'

/** The whole audit log as JSON Lines: `GET audit`. */
export async function downloadAudit(run: RunCall, context: object, request: Request): Promise<Response> {
  if (request.method !== 'GET') throw new OpsError('INVALID_INPUT', 'The audit log is downloaded with GET.')
  const call = { procedure: 'audit.export', input: async () => undefined } as const
  return await run(context, call, async ({ org, lastsUntil }) => {
    const entries = org.audit.export({ signal: request.signal })
    const headers = {
      'content-type': 'application/x-ndjson; charset=utf-8',
      'content-disposition': 'attachment; filename="audit.jsonl"',
    }
    const { body, finished } = streamed(linesOf(entries))
    lastsUntil(finished)
    return new Response(body, { headers })
  })
}

async function* linesOf(entries: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const entry of entries) yield encoder.encode(`${JSON.stringify(entry)}\n`)
}
