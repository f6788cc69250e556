import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fetchFile, fileName } from './fetch-file.ts'

const server = createServer((request: IncomingMessage, response) => {
  if (request.headers.authorization !== 'Bearer key') {
    response.writeHead(401, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ error: { message: 'Nobody is signed in.' } }))
    return
  }
  response.writeHead(200, {
    'content-disposition': `attachment; filename="Kunden.csv"; filename*=UTF-8''Kunden%20%C3%84.csv`,
  })
  response.end('Name\r\nAda\r\n')
})
let url = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
afterAll(() => server.close())

describe('a file that wants headers', () => {
  const { signal } = new AbortController()

  it('is fetched with them, under the name that the server gives it', async () => {
    const { name, content } = await fetchFile(url, { authorization: 'Bearer key' }, { signal })
    expect(name).toBe('Kunden Ä.csv')
    expect(await content.text()).toBe('Name\r\nAda\r\n')
  })

  it('says in the words of the server why it is not there', async () => {
    await expect(fetchFile(url, {}, { signal })).rejects.toThrow('Nobody is signed in.')
  })

  it.each([
    [`attachment; filename="a.csv"`, 'a.csv'],
    [`attachment; filename="a.csv"; filename*=UTF-8''%E0%A4%A`, 'a.csv'],
    [null, 'download'],
  ])('is called by %s', (disposition, name) => expect(fileName(disposition)).toBe(name))
})
