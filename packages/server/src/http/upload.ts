import { OpsError } from '@opslayer/core'
import { say } from '@opslayer/core/sentences'
import type { RunCall } from '../calls.ts'

/**
 * Stores a file that is to be imported: `POST uploads?name=leads.csv` with the file as the body, of any content type that
 * a form of a foreign page cannot send. Streamed, never whole in memory.
 */
export async function receiveUpload(
  run: RunCall,
  context: object,
  request: Request,
  limits: { readonly maxBytes: number; readonly idleMs: number },
): Promise<Response> {
  if (request.method !== 'POST' || request.body === null)
    throw new OpsError('INVALID_INPUT', 'Send the file as the body of a POST.')
  const { body } = request
  const name = new URL(request.url).searchParams.get('name')?.slice(0, 1_000)
  const call = { procedure: 'imports.upload', input: async () => undefined } as const
  return await run(context, call, async ({ org }) => {
    const upload = await org.imports.upload(bounded(body, limits), { name })
    return Response.json(upload)
  })
}

/** @throws OpsError `LIMIT_EXCEEDED`; `INVALID_INPUT` where nothing comes for a while */
async function* bounded(
  body: ReadableStream<Uint8Array>,
  { maxBytes, idleMs }: { readonly maxBytes: number; readonly idleMs: number },
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  let bytes = 0
  try {
    for (;;) {
      const { done, value } = await withinTime(reader.read(), idleMs)
      if (done) return
      bytes += value.byteLength
      if (bytes > maxBytes)
        throw new OpsError('LIMIT_EXCEEDED', say('A file has at most {#count} bytes.', { count: maxBytes }))
      yield value
    }
  } finally {
    reader.cancel().catch(() => undefined)
  }
}

async function withinTime<T>(work: Promise<T>, ms: number): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(
    () =>
      late.reject(
        new OpsError('INVALID_INPUT', say('Nothing of the file came for {#count} s.', { count: ms / 1_000 })),
      ),
    ms,
  )
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
