import { expect, it } from 'vitest'
import { describeOneServer } from '../databases/describe-databases.ts'
import { ledgerPeople } from './testing/ledger-vendor.ts'
import { openLedger } from './testing/open-ledger.ts'
import { memberHeader, serveOps } from './testing/serve-ops.ts'

const member = { orgId: 'acme', id: 'u1', role: 'admin' } as const

describeOneServer('a start that is sent again by its key', (makeDatabase) => {
  it('reads no source, file or table twice', async () => {
    await using world = await openLedger(makeDatabase, ledgerPeople(3))
    await using served = await serveOps(world.ops)
    const client = served.clientOf(member)
    const { connectionId } = world

    const source = { tableId: null, request: { plugin: 'ledger', part: 'people', connectionId }, key: 'source' }
    const sources = await Promise.all([client.sources.start.mutate(source), client.sources.start.mutate(source)])
    const [{ id, tableId }] = sources
    expect(sources.map((run) => run.id)).toEqual([id, id])

    const answer = await fetch(`${served.url}/uploads?name=leads.csv`, {
      method: 'POST',
      headers: memberHeader(member),
      body: 'Name\nAda\n',
    })
    const file = (await answer.json()) as { upload: string; name: string; size: number }
    const { plan } = await client.imports.propose.mutate({
      file,
      request: { target: { kind: 'new', name: 'Leads' } },
    })
    const start = { file, request: plan, key: 'file' }
    const imported = await client.imports.start.mutate(start)
    await world.acme.runs.wait(imported.id)
    expect((await client.imports.start.mutate(start)).id).toBe(imported.id)

    await world.acme.runs.wait(id)
    const leads = imported.tableId ?? ''
    const columns = [{ from: 'email', to: 'name' }]
    const copy = { tableId: leads, request: { from: tableId ?? '', columns }, key: 'copy' }
    const copied = await client.tables.copyFrom.mutate(copy)
    expect((await client.tables.copyFrom.mutate(copy)).id).toBe(copied.id)

    expect((await client.tables.list.query({})).items).toHaveLength(2)
    expect((await client.runs.list.query({})).items).toHaveLength(3)
    const taken = client.tables.copyFrom.mutate({ ...copy, key: 'file' })
    await expect(taken).rejects.toMatchObject({ data: { ops: { code: 'CONFLICT' } } })
  })
})
