import { OpsError } from '@opslayer/core'
import { checkInput, exportInput } from '@opslayer/core/schemas'
import type { RunCall } from '../calls.ts'
import { queryInput } from './query-input.ts'

/**
 * A table or view as a file: `GET exports?input={"tableId":"tbl_…","format":"csv"}`, so that browsers can follow a link
 * to it. Streamed: a client that leaves ends the export.
 */
export async function downloadExport(run: RunCall, context: object, request: Request): Promise<Response> {
  if (request.method !== 'GET') throw new OpsError('INVALID_INPUT', 'Files are downloaded with GET.')
  const given = queryInput(request)
  const call = { procedure: 'exports.stream', input: async () => given } as const
  return await run(context, call, async ({ org, lastsUntil }) => {
    const { tableId, query } = checkInput(exportInput, given)
    const { fileName, contentType, body, finished } = await org.exports.stream(tableId, query, {
      signal: request.signal,
    })
    lastsUntil(finished)
    return new Response(body, {
      headers: { 'content-type': contentType, 'content-disposition': attachment(fileName) },
    })
  })
}

/** RFC 6266: plain letters for old clients, the name itself for all others. */
function attachment(fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
