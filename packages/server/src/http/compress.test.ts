import { expect, it } from 'vitest'
import { compressJson } from './compress.ts'

it('sends what is streamed on as it comes', async () => {
  const endless = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode('{"json":')),
  })
  const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }
  const request = new Request('http://host/ops/rpc/rows.page', { headers: { 'accept-encoding': 'gzip' } })
  const response = await compressJson(request, new Response(endless, { headers }))
  const { value } = (await response.body?.getReader().read()) ?? {}
  expect(new TextDecoder().decode(value)).toBe('{"json":')
})
