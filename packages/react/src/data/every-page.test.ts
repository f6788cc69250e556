import { expect, it } from 'vitest'
import { everyPage, wholeList } from './every-page.ts'

/** A list of numbers, as the server gives it. */
const listOf =
  (count: number) =>
  async ({ cursor = '0', limit }: { readonly cursor?: string; readonly limit: number }) => {
    const first = Number(cursor)
    const items = Array.from({ length: Math.min(limit, count - first) }, (_, n) => first + n)
    return { items, nextCursor: first + limit < count ? String(first + limit) : null }
  }

it.each([0, 99, 100, 2_500, 10_000])('a list of %i is read whole', async (count) => {
  expect(await everyPage(listOf(count))).toEqual(Array.from({ length: count }, (_, n) => n))
  expect((await wholeList(listOf(count))).isWhole).toBe(true)
})

it('a longer one is said to be cut', async () => {
  const { items, isWhole } = await wholeList(listOf(10_001))
  expect([items.length, isWhole]).toEqual([10_000, false])
})
