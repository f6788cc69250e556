import type { OpsErrorData } from '@opslayer/server'
import { TRPCClientError } from '@trpc/client'
import { expect, it } from 'vitest'
import { describeOneDatabase } from '../databases/describe-databases.ts'
import { openOpsOnce } from './testing/open-ops-once.ts'
import { memberHeader, serveOps } from './testing/serve-ops.ts'

const ann = { orgId: 'acme', id: 'ann', role: 'admin' }

async function failure(call: Promise<unknown>): Promise<TRPCClientError<never> & { readonly ops: OpsErrorData }> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown) => thrown,
  )
  if (!(error instanceof TRPCClientError)) throw new Error('The call did not fail.', { cause: error })
  return Object.assign(error, { ops: error.data.ops })
}

describeOneDatabase('the router over HTTP', (makeDatabase) => {
  const test = openOpsOnce(makeDatabase)

  it('makes a table, fills it, reads it and takes things back', async () => {
    await using served = await serveOps(test.ops)
    const client = served.clientOf(ann)
    const leads = await client.tables.create.mutate({
      name: 'Leads',
      columns: [
        { name: 'Email', type: 'email' },
        { name: 'Score', type: 'number' },
      ],
    })
    const { rows } = await client.rows.insert.mutate({
      tableId: leads.id,
      rows: [{ cells: { email: 'a@example.com', score: 3 } }, { cells: { email: 'b@example.com', score: 70 } }],
    })
    expect(rows.map(({ cells }) => cells.email)).toEqual(['a@example.com', 'b@example.com'])
    const high = { column: 'score', op: 'gt', value: 50 } as const
    const [page, window, count, summary] = await Promise.all([
      client.rows.page.query({ tableId: leads.id, filter: high }),
      client.rows.window.query({ tableId: leads.id, offset: 1, sort: [{ column: 'score', dir: 'desc' }] }),
      client.rows.count.query({ tableId: leads.id, filter: high }),
      client.rows.summary.query({ tableId: leads.id, aggregates: [{ column: 'score', aggregate: 'sum' }] }),
    ])
    expect(page.rows.map(({ cells }) => cells.email)).toEqual(['b@example.com'])
    expect(window.map(({ cells }) => cells.score)).toEqual([3])
    expect(count).toEqual({ count: 1, exact: true })
    expect(summary.aggregates).toEqual(['73'])
    const [first] = page.rows
    await client.rows.update.mutate({
      tableId: leads.id,
      updates: [{ id: first?.id ?? '', version: first?.version, cells: { score: 71 } }],
    })
    expect((await client.undo.undo.mutate()).rows).toBe(1)
    expect((await client.rows.get.query({ tableId: leads.id, rowId: first?.id ?? '' })).cells.score).toBe(70)
  })

  it('compresses large answers for clients that read gzip, and no others', async () => {
    await using served = await serveOps(test.ops)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'ann' } })
    const { id } = await acme.tables.create({ name: 'Leads', columns: [{ name: 'Name', type: 'text' }] })
    await acme.rows.insert(
      id,
      Array.from({ length: 50 }, (_, n) => ({ cells: { name: `Name ${n}` } })),
    )
    const headers = memberHeader({ orgId: 'acme', id: 'ann', role: 'viewer' })
    const page = `rows.page?input=${encodeURIComponent(JSON.stringify({ tableId: id }))}`
    const answered = async (path: string, accepted: string) => {
      const answer = await fetch(`${served.url}/rpc/${path}`, { headers: { ...headers, 'accept-encoding': accepted } })
      return {
        encoding: answer.headers.get('content-encoding'),
        vary: answer.headers.get('vary'),
        body: await answer.json(),
      }
    }
    const whole = await answered(page, 'identity')
    const packed = await answered(page, 'br, gzip')
    expect([whole.encoding, packed.encoding]).toEqual([null, 'gzip'])
    expect(packed.vary).toContain('accept-encoding')
    expect(packed.body).toEqual(whole.body)
    expect((await answered(page, 'gzip;q=0')).encoding).toBeNull()
    expect((await answered('settings.get', 'gzip')).encoding).toBeNull()
  })

  it('answers faults of the input with their code, their place and the id of the request', async () => {
    await using served = await serveOps(test.ops)
    const client = served.clientOf(ann)
    const { id: tableId } = await client.tables.create.mutate({ name: 'T', columns: [{ name: 'A', type: 'text' }] })

    const unknown = await failure(client.rows.page.query({ tableId, filter: { column: 'b', op: 'is', value: 1 } }))
    expect(unknown.ops).toMatchObject({ code: 'INVALID_QUERY', retryable: false, path: ['filter', 'column'] })
    expect(unknown.ops.issues).toHaveLength(1)
    expect(unknown.ops.requestId).toMatch(/^[0-9a-f-]{36}$/)

    const absent = await failure(client.tables.get.query({ tableId: 'tbl_aaaaaaaaaaaaaaaa' }))
    expect([absent.ops.code, absent.data]).toMatchObject(['NOT_FOUND', { code: 'NOT_FOUND', httpStatus: 404 }])

    const wrongType = await failure(client.rows.window.query({ tableId, offset: '1' as never }))
    expect(wrongType.ops).toMatchObject({ code: 'INVALID_INPUT', path: ['offset'] })
  })

  it('knows nobody without a session, and does nothing for a role it does not know', async () => {
    await using served = await serveOps(test.ops)
    const nobody = await fetch(`${served.url}/rpc/tables.list?input={}`)
    expect([nobody.status, await nobody.json()]).toMatchObject([
      401,
      { error: { data: { ops: { code: 'UNAUTHENTICATED' } } } },
    ])
    for (const role of [undefined, 'guest', 'ADMIN', '__proto__']) {
      const refused = await failure(served.clientOf({ ...ann, role }).tables.list.query({}))
      expect(refused.ops.code).toBe('FORBIDDEN')
    }
  })

  it('lets the host refuse and narrow what a role may do', async () => {
    const asked: unknown[] = []
    await using served = await serveOps(test.ops, {
      authorize: ({ procedure, action, tableId, actor }) => {
        if (actor.id === 'ann') return true
        asked.push([procedure, action, tableId])
        return (
          action === 'rows.read' && {
            table: () => ({ hidden: ['salary'], rows: { column: 'name', op: 'is', value: 'b' } }),
          }
        )
      },
    })
    const { id: tableId } = await served.clientOf(ann).tables.create.mutate({
      name: 'People',
      columns: ['Name', 'Salary'].map((name) => ({ name, type: 'text' })),
    })
    const cells = ['a', 'b', 'c'].map((name) => ({ cells: { name, salary: `${name} 100` } }))
    await served.clientOf(ann).rows.insert.mutate({ tableId, rows: cells })
    const bob = served.clientOf({ ...ann, id: 'bob', role: 'owner' })
    const { rows } = await bob.rows.page.query({ tableId })
    expect(rows.map((row) => row.cells)).toEqual([{ name: 'b' }])
    expect((await failure(bob.tables.get.query({ tableId }))).ops.code).toBe('FORBIDDEN')
    const hidden = await failure(bob.rows.page.query({ tableId, sort: [{ column: 'salary' }] }))
    expect(hidden.ops.code).toBe('INVALID_QUERY')
    expect(asked).toEqual([
      ['rows.page', 'rows.read', tableId],
      ['tables.get', 'definitions.read', tableId],
      ['rows.page', 'rows.read', tableId],
    ])
  })

  it('tells the operator of a fault, and its caller only whom to ask', async () => {
    const lines: unknown[] = []
    await using served = await serveOps(test.ops, {
      log: (line) => lines.push(line),
      context: () => {
        throw new Error('password of the session store: hunter2')
      },
    })
    const answer = await fetch(`${served.url}/rpc/tables.list?input={}`, {
      headers: { ...memberHeader(ann), 'x-request-id': 'from-the-proxy-1' },
    })
    const { error } = (await answer.json()) as { readonly error: { message: string; data: { ops: OpsErrorData } } }
    expect(answer.status).toBe(500)
    expect(answer.headers.get('x-request-id')).toBe('from-the-proxy-1')
    expect(error.message).toContain('from-the-proxy-1')
    expect(JSON.stringify(error)).not.toContain('hunter2')
    expect(error.data.ops).toEqual({
      code: 'INTERNAL',
      retryable: false,
      path: [],
      issues: [],
      said: { key: 'call.failed', text: error.message, values: { id: 'from-the-proxy-1' } },
      requestId: 'from-the-proxy-1',
    })
    expect(lines).toMatchObject([{ level: 'error', requestId: 'from-the-proxy-1', procedure: 'tables.list' }])
  })
})
