import { expect, it } from 'vitest'
import { createSpool, type Spool } from './spool.ts'

const chunk = (n: number): Uint8Array => new Uint8Array(256 * 1024).fill(n)

async function read(spool: Spool): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const bytes of spool.read()) chunks.push(bytes)
  return Buffer.concat(chunks)
}

it('gives what was written, in its order, though most of it waited in a file', async () => {
  const spool = createSpool()
  for (let n = 0; n < 60; n += 1) await spool.write(chunk(n))
  spool.end()
  const all = await read(spool)
  expect(all.length).toBe(60 * 256 * 1024)
  for (let n = 0; n < 60; n += 1) expect(all[n * 256 * 1024 + n]).toBe(n)
  await spool.close(undefined)
})

it('lets a reader that is faster wait for what comes', async () => {
  const spool = createSpool()
  const reading = read(spool)
  for (let n = 0; n < 40; n += 1) await spool.write(chunk(n))
  spool.end()
  expect((await reading).length).toBe(40 * 256 * 1024)
  await spool.close(undefined)
})

it('forgets what was written before it began anew', async () => {
  const spool = createSpool()
  for (let n = 0; n < 40; n += 1) await spool.write(chunk(n))
  await spool.clear()
  await spool.write(chunk(7))
  spool.end()
  expect(await read(spool)).toEqual(Buffer.from(chunk(7)))
  await spool.close(undefined)
})

it('ends with the error of the writer, behind what was written', async () => {
  const spool = createSpool()
  await spool.write(chunk(1))
  spool.end(new Error('lost'))
  const reader = spool.read()
  expect((await reader.next()).value).toHaveLength(256 * 1024)
  await expect(reader.next()).rejects.toThrow('lost')
  await spool.close(undefined)
})

it('once closed, tells both sides why', async () => {
  const spool = createSpool()
  const waiting = read(spool)
  await spool.close(new Error('enough'))
  await expect(waiting).rejects.toThrow('enough')
  await expect(spool.write(chunk(1))).rejects.toThrow('enough')
})
