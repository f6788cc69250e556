import { OpsError } from '@opslayer/core'
import { say } from '@opslayer/core/sentences'

interface BodyBounds {
  readonly maxBytes: number
  readonly timeoutMs: number
}

/**
 * Reads a body of JSON whole, within bounds of size and time.
 *
 * @throws OpsError `INVALID_INPUT` for another content type or a body that comes too slowly, `LIMIT_EXCEEDED`
 */
export async function readJsonBody(request: Request, bounds: BodyBounds): Promise<Uint8Array<ArrayBuffer>> {
  const type = request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase()
  if (type !== 'application/json') {
    throw new OpsError('INVALID_INPUT', 'Send the input as JSON, with the header content-type: application/json.')
  }
  return await readBody(request, bounds)
}

/** @throws OpsError `LIMIT_EXCEEDED`, `INVALID_INPUT` for a body that comes too slowly */
export async function readBody(
  request: Request,
  { maxBytes, timeoutMs }: BodyBounds,
): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = (): OpsError =>
    new OpsError(
      'LIMIT_EXCEEDED',
      say('A request has at most {#count} bytes. Send less at a time.', { count: maxBytes }),
    )
  if (Number(request.headers.get('content-length')) > maxBytes) throw tooLarge()
  if (request.body === null) return new Uint8Array()
  const reader = request.body.getReader()
  const deadline = setTimeout(() => {
    reader.cancel().catch(() => undefined)
  }, timeoutMs)
  const begun = performance.now()
  try {
    const chunks: Uint8Array[] = []
    let bytes = 0
    for (;;) {
      const { done, value } = await reader.read()
      if (performance.now() - begun >= timeoutMs) {
        throw new OpsError('INVALID_INPUT', `The request took longer than ${timeoutMs / 1_000} s to arrive.`)
      }
      if (done) return joined(chunks, bytes)
      bytes += value.byteLength
      if (bytes > maxBytes) throw tooLarge()
      chunks.push(value)
    }
  } finally {
    clearTimeout(deadline)
    reader.cancel().catch(() => undefined)
  }
}

function joined(chunks: readonly Uint8Array[], bytes: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(bytes)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.byteLength
  }
  return all
}
