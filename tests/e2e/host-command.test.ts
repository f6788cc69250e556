import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startHostApp } from './testing/start-host-app.ts'

let directory = ''
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'opslayer-demo-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

const database = (name: string) => join(directory, name)

function post(url: string, path: string, body: object, cookie = ''): Promise<Response> {
  const headers = { 'content-type': 'application/json', cookie }
  return fetch(new URL(path, url), { method: 'POST', headers, body: JSON.stringify(body) })
}

/** Signs in as the page does, and gives the cookie. */
async function signIn(url: string, role: string): Promise<string> {
  const response = await post(url, '/api/session', { orgId: 'lighthouse', role })
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}

async function tablesOf(url: string, cookie: string): Promise<readonly string[]> {
  const response = await fetch(new URL('/ops/rpc/tables.list?input={}', url), { headers: { cookie } })
  const answer = await response.json()
  return answer.result.data.items.map(({ name }: { name: string }) => name)
}

it('fills a workspace, lets in whom it should, passes over a taken port, stops on Ctrl+C, and finds its data again', async () => {
  await using first = await startHostApp({ directory: database('one'), scale: 0 })
  expect(first.printed.join('\n')).toContain('Contacts')
  const asEditor = await signIn(first.url, 'editor')
  const tables = await tablesOf(first.url, asEditor)
  expect(tables).toEqual(['Companies', 'Contacts', 'Deals'])
  expect((await fetch(new URL('/ops/rpc/tables.list?input={}', first.url))).status).toBe(401)
  expect((await post(first.url, '/api/large-table', {}, asEditor)).status).toBe(403)

  const port = Number(new URL(first.url).port)
  await using second = await startHostApp({ directory: database('two'), port, scale: 0 })
  expect(Number(new URL(second.url).port)).toBeGreaterThan(port)
  await expect(startHostApp({ directory: database('one') })).rejects.toThrow('The demo ended with 1')

  expect(await first.stop()).toBe(0)
  await using again = await startHostApp({ directory: database('one') })
  expect(again.printed.join('\n')).not.toContain('Contacts')
  expect(await tablesOf(again.url, await signIn(again.url, 'viewer'))).toEqual(tables)
}, 120_000)
