import { expect, it } from 'vitest'
import { compressAnswer } from './compress.ts'

it('sends what is streamed on as it comes', async () => {
  const endless = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode('{"json":')),
  })
  const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }
  const request = new Request('http://host/ops/rpc/rows.page', { headers: { 'accept-encoding': 'gzip' } })
  const response = await compressAnswer(request, new Response(endless, { headers }))
  const { value } = (await response.body?.getReader().read()) ?? {}
  expect(new TextDecoder().decode(value)).toBe('{"json":')
})

const file = { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="a.csv"' }
const asked = new Request('http://host/ops/exports', { headers: { 'accept-encoding': 'gzip' } })

/** Lines that hardly shrink, as long as somebody takes them. */
function endlessLines() {
  const seen = { made: 0, ended: Promise.withResolvers<unknown>() }
  const lines = new ReadableStream({
    pull(controller) {
      seen.made += 1
      controller.enqueue(crypto.getRandomValues(new Uint8Array(10_000)))
    },
    cancel: (reason) => seen.ended.resolve(reason),
  })
  return { seen, lines }
}

it('makes of a file what the client takes, and no more', async () => {
  const { seen, lines } = endlessLines()
  const { body, headers } = await compressAnswer(asked, new Response(lines, { headers: file }))
  expect([headers.get('content-encoding'), headers.get('vary')]).toEqual(['gzip', 'accept-encoding'])
  const reader = body?.getReader()
  await reader?.read()
  // What is made until it stands still: the buffers of two streams and of zlib, far below a megabyte.
  for (let before = -1; before !== seen.made; await new Promise((resolve) => setImmediate(resolve))) before = seen.made
  expect(seen.made).toBeLessThan(50)
  await reader?.cancel()
  await seen.ended.promise
})

it('breaks a file off whose source fails', async () => {
  const failing = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode('Name\n')),
    pull: (controller) => controller.error(new Error('the database is away')),
  })
  const response = await compressAnswer(asked, new Response(failing, { headers: file }))
  await expect(response.arrayBuffer()).rejects.toThrow('the database is away')
})

it('leaves files as they are for clients that do not read gzip', async () => {
  const answer = new Response('Name\nAda\n', { headers: file })
  expect(await compressAnswer(new Request('http://host/ops/exports'), answer)).toBe(answer)
})
