import { SpanStatusCode, trace } from '@opentelemetry/api'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import type { LogEntry } from '@opslayer/server'
import { expect, it } from 'vitest'
import { describeOneDatabase } from '../databases/describe-databases.ts'
import { openOps } from './testing/open-ops.ts'
import { serveOps } from './testing/serve-ops.ts'

const exporter = new InMemorySpanExporter()
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }))

describeOneDatabase('every call', (makeDatabase) => {
  it('is a span and a line of the log, which share its request id and hold no input', { timeout: 60_000 }, async () => {
    await using test = await openOps(makeDatabase)
    const lines: LogEntry[] = []
    await using served = await serveOps(test.ops, { log: (line) => lines.push(line) })
    const client = served.clientOf({ orgId: 'acme', id: 'ann', role: 'editor' })
    exporter.reset()
    await client.tables.list.query({})
    await client.tables.create.mutate({ name: 'a name that nobody is told' }).catch(() => undefined)
    const spans = exporter.getFinishedSpans()
    expect(spans.map(({ name }) => name)).toEqual(['ops.tables.list', 'ops.tables.create'])
    expect(spans.map(({ attributes }) => attributes)).toEqual([
      { 'ops.request_id': lines[0]?.requestId, 'ops.org_id': 'acme', 'ops.actor_type': 'user' },
      {
        'ops.request_id': lines[1]?.requestId,
        'ops.org_id': 'acme',
        'ops.actor_type': 'user',
        'ops.error_code': 'FORBIDDEN',
      },
    ])
    // What a caller did wrong is no fault of the server.
    expect(spans.map(({ status }) => status.code)).toEqual([SpanStatusCode.UNSET, SpanStatusCode.UNSET])
    expect(lines).toMatchObject([
      { level: 'info', message: 'call', procedure: 'tables.list', orgId: 'acme', actor: 'user:ann' },
      { level: 'warn', message: 'refused', procedure: 'tables.create', code: 'FORBIDDEN' },
    ])
    expect(JSON.stringify([lines, spans.map(({ attributes, events }) => [attributes, events])])).not.toContain('nobody')
  })
})
