import { say } from '../sentences/say.ts'
import type { Send } from './call.ts'
import { HttpError } from './http-error.ts'
import { toHttpError } from './network-errors.ts'

/** Bounds what is read of an answer, in bytes, and gives the errors of reading the form that all errors have. */
export function withBoundedBody(send: Send, maxBytes: number): Send {
  return async (call) => {
    const response = await send(call)
    const { body, status, statusText, headers } = response
    if (body === null) return response
    const tooLarge = (): HttpError =>
      new HttpError(
        'VENDOR_ANSWER_INVALID',
        say('{host} answered with more than {#count} MB.', {
          host: call.url.host,
          count: Math.floor(maxBytes / 1_048_576),
        }),
        { status, effect: 'unknown' },
      )
    if (Number(headers.get('content-length')) > maxBytes) {
      await body.cancel().catch(() => {}) // Cut off; nobody wants it.
      throw tooLarge()
    }
    const bounded = boundedStream(body, maxBytes, tooLarge, (error) => toHttpError(error, call.url, call.signal))
    const given = new Response(bounded, { status, statusText, headers })
    Object.defineProperty(given, 'url', { value: response.url || call.url.href })
    return given
  }
}

/** Reads on only when it is read itself. */
function boundedStream(
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
  tooLarge: () => HttpError,
  translated: (error: unknown) => unknown,
): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  let bytes = 0
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { done, value } = await reader.read().catch((error) => Promise.reject(translated(error)))
        if (done) return controller.close()
        bytes += value.byteLength
        if (bytes <= maxBytes) return controller.enqueue(value)
        await reader.cancel().catch(() => {}) // Cut off; nobody wants it.
        throw tooLarge()
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}
