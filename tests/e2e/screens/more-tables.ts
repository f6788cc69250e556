import { setInterval } from 'node:timers/promises'
import { type APIRequestContext, request } from 'playwright-core'
import type { TableIds } from './app-screens.ts'

/** As long as a name may be. */
export const longTable = 'Everybody we have ever met at a fair, by region and by the day of the talk, '
  .repeat(3)
  .slice(0, 200)
  .trim()

/** Makes what the demo has not, and gives its tables by name. @param isLarge whether half a million rows are wanted */
export async function makeMoreTables(url: string, isLarge: boolean): Promise<TableIds> {
  const asAdmin = await request.newContext({ baseURL: url })
  await asAdmin.get('/api/session')
  await makeTable(asAdmin, 'Event guests', [
    { name: 'Name', type: 'text' },
    { name: 'Email', type: 'email' },
  ])
  await makeLongTable(asAdmin)
  if (isLarge) await makeLargeTable(asAdmin)
  const tables = await listTables(asAdmin)
  await dropTables(asAdmin)
  await asAdmin.dispose()
  return tables
}

async function makeTable(asAdmin: APIRequestContext, name: string, columns: readonly object[]) {
  const answer = await asAdmin.post('/ops/rpc/tables.create', { data: { name, columns } })
  if (!answer.ok()) throw new Error(await answer.text())
  return (await answer.json()).result.data as { readonly id: string }
}

/** A table of 60 columns with names, options and texts that are longer than any place for them. */
async function makeLongTable(asAdmin: APIRequestContext): Promise<void> {
  const word = 'Donaudampfschifffahrtsgesellschaftskapitän'
  const { id } = await makeTable(asAdmin, longTable, [
    { name: 'Name', type: 'text' },
    { name: `${word.repeat(4)} at noon`, type: 'number' },
    {
      name: 'What they said when they were asked what they would like to be asked',
      type: 'dropdown',
      settings: { options: [{ id: 'word', name: `${word} or nothing`, color: 'teal' }] },
    },
    ...Array.from({ length: 57 }, (_, place) => ({ name: `Answer ${place + 1}`, type: 'text' })),
  ])
  const rows = [`${word} `.repeat(30).slice(0, 1_000), word.repeat(24).slice(0, 1_000), 'Ada'].map((name) => ({
    cells: { name, answer_1: name },
  }))
  await asAdmin.post('/ops/rpc/rows.insert', { data: { tableId: id, rows } })
}

/** The demo's table of 500,000 rows, made as its button makes it. */
async function makeLargeTable(asAdmin: APIRequestContext): Promise<void> {
  await asAdmin.post('/api/large-table', { data: {} })
  for await (const _ of setInterval(1_000)) {
    const { state, reason } = await (await asAdmin.get('/api/large-table')).json()
    if (state === 'failed') throw new Error(reason)
    if (state === 'done') return
  }
}

/** Leaves the demo's second org without any table. */
async function dropTables(asAdmin: APIRequestContext): Promise<void> {
  await asAdmin.post('/api/session', { data: { orgId: 'blueharbor', role: 'admin' } })
  for (const tableId of Object.values(await listTables(asAdmin)))
    await asAdmin.post('/ops/rpc/tables.delete', { data: { tableId } })
}

async function listTables(asAdmin: APIRequestContext): Promise<TableIds> {
  const answer = await (await asAdmin.get('/ops/rpc/tables.list?input={}')).json()
  return Object.fromEntries(answer.result.data.items.map(({ id, name }: { id: string; name: string }) => [name, id]))
}
