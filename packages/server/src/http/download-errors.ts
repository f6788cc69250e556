import { OpsError } from '@opslayer/core'
import { checkInput, importInputs } from '@opslayer/core/schemas'
import type { RunCall } from '../calls.ts'
import { queryInput } from './query-input.ts'
import { streamed } from './streamed.ts'

/** The rows that an import rejected, as CSV: `GET import-errors?input={"runId":"run_…"}`. */
export async function downloadErrors(run: RunCall, context: object, request: Request): Promise<Response> {
  if (request.method !== 'GET') throw new OpsError('INVALID_INPUT', 'Files are downloaded with GET.')
  const given = queryInput(request)
  const call = { procedure: 'imports.errorFile', input: async () => given } as const
  return await run(context, call, async ({ org, lastsUntil }) => {
    const { runId } = checkInput(importInputs.errorFile, given)
    const bytes = org.imports.errorFile(runId, { signal: request.signal })[Symbol.asyncIterator]()
    // The first bytes are waited for, so that an unknown run is an error and no broken file.
    const first = await bytes.next()
    const { body, finished } = streamed(bytes, first)
    lastsUntil(finished)
    return new Response(body, {
      headers: { 'content-type': 'text/csv', 'content-disposition': 'attachment; filename="rejected rows.csv"' },
    })
  })
}
