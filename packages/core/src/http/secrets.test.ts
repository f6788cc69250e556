import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { describeOneDatabase } from '../../../../tests/databases/describe-databases.ts'
import { openOutgoingWorld } from './testing/outgoing-world.ts'
import { startVendor } from './testing/vendor.ts'

describeOneDatabase('secrets of calls', (makeDatabase) => {
  it('are found neither in the API log nor in errors nor in spans', async () => {
    const exporter = new InMemorySpanExporter()
    const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
    await using vendor = await startVendor()
    await using world = await openOutgoingWorld(makeDatabase, { tracer: provider.getTracer('opslayer') })
    const planted = Array.from({ length: 20 }, (_, n) => `secret${n}/käse+${'abcdefghij'.slice(0, (n % 8) + 2)}`)
    const errors: string[] = []
    for (const [n, secret] of planted.entries()) {
      const encoded = encodeURIComponent(secret)
      const fetch = world.fetchFor({
        baseUrl: vendor.url,
        connectionId: `conn_${n}`,
        secrets: [secret],
        headersOf: () => ({ authorization: `Basic ${Buffer.from(secret).toString('base64')}`, 'x-key': encoded }),
      })
      const places = [
        `/echo?key=${encoded}`,
        `/hooks/${encoded}`,
        `/things/${encoded}/${Buffer.from(secret).toString('base64url')}`,
      ]
      for (const place of places) {
        await fetch(place, { method: 'POST', body: secret })
        await fetch(place, { method: 'POST', route: `/hooks/${secret}`, body: JSON.stringify({ secret }) })
        vendor.faults.add({
          kind: 'answer',
          answer: { status: 429, headers: { 'retry-after': '500', 'x-request-id': secret.slice(0, 7) }, body: secret },
        })
        errors.push(await describeError(fetch(place)))
        vendor.faults.add({ kind: 'cut', when: 'after-effect' })
        errors.push(await describeError(fetch(place, { method: 'POST', body: secret })))
      }
    }
    await world.outgoing.close()
    const rows = await world.database.transaction({ scope: { kind: 'system' }, mode: 'read' }, async ({ all }) => [
      ...(await all(sql`select to_jsonb(c) as row from opslayer.http_calls as c`)),
      ...(await all(sql`select to_jsonb(m) as row from opslayer.http_metrics as m`)),
      ...(await all(sql`select to_jsonb(l) as row from opslayer.http_limits as l`)),
    ])
    const spans = exporter
      .getFinishedSpans()
      .map(({ name, attributes, status, events }) => ({ name, attributes, status, events }))
    expect(rows.length).toBeGreaterThan(200)
    expect(spans.length).toBe(20 * 3 * 4)
    expect(errors.length).toBe(20 * 3 * 2)
    const told = JSON.stringify([rows, spans, errors])
    for (const secret of planted) {
      const bytes = Buffer.from(secret)
      for (const form of [secret, encodeURIComponent(secret), bytes.toString('base64'), bytes.toString('base64url')]) {
        expect(told).not.toContain(form)
      }
    }
    expect(told).not.toContain('key=')
  })
})

/** Everything that an error says, its causes included. */
async function describeError(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'none'
  } catch (error) {
    const texts: string[] = []
    for (let each: unknown = error; each instanceof Error; each = each.cause) {
      texts.push(each.stack ?? '', each.message, JSON.stringify(each, Object.getOwnPropertyNames(each)))
    }
    return texts.join('\n')
  }
}
