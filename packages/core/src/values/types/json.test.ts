import { PGlite } from '@electric-sql/pglite'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '../json.ts'
import { jsonContains } from '../json-containment.ts'
import { jsonPathText } from '../json-text.ts'
import { parseWith } from '../testing/parse-with.ts'
import { jsonType } from './json.ts'

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)])

describe('json', () => {
  test.each([
    ['100 levels', nested(100), true],
    ['101 levels', nested(101), false],
    ['an inner constructor', { a: { constructor: 1 } }, false],
    ['NUL in a key', { 'a\0': 1 }, false],
    ['half a character', ['\udc00'], false],
    ['an escaped NUL', '["\\u0000"]', false],
    ['a number beyond JavaScript', '[1e999]', false],
    ['an instance of a class', { a: new Map() }, false],
    ['a function', { a: () => 1 }, false],
    ['a megabyte and more', ['a'.repeat(1_000_000)], false],
    ['dates inside', { at: new Date(0), gone: undefined }, true],
    ['1.0 and 1e3', '[1.0, 1e3]', true],
  ])('%s: %#', (_, input, accepted) => {
    expect(parseWith(jsonType, input) instanceof Error).toBe(!accepted)
  })

  test('contains and path text are those of PostgreSQL', async () => {
    const key = fc.constantFrom('a', 'b', 'é', 'aa', '0', '')
    const leaf = fc.oneof(
      fc.constantFrom<Json>(null, true, false, '', 'a', 'x"\\\n', 1, 1.5, 1e21, 1e-7),
      fc.integer({ min: 0, max: 3 }),
    )
    const { value } = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        leaf,
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true }),
      ),
    }))
    const path = fc.array(fc.oneof(key, fc.constantFrom('1', '-1', ' 0', '+1', '1x', '00')), { maxLength: 3 })
    const cases = fc.sample(fc.tuple(value, value, path), { numRuns: 2_000, seed: 3 })
    const db = await PGlite.create()
    const { rows } = await db.query<{ contains: boolean; text: string | null }>(
      `select (w #>> '{}')::jsonb @> (p #>> '{}')::jsonb as contains, (w #>> '{}')::jsonb #>> (select coalesce(array_agg(s order by n), '{}') from jsonb_array_elements_text(s) with ordinality as e(s, n)) as text
       from jsonb_array_elements($1::jsonb) with ordinality as u(c, o), lateral (select c -> 0 as w, c -> 1 as p, c -> 2 as s) as parts order by o`,
      [JSON.stringify(cases.map(([whole, part, steps]) => [JSON.stringify(whole), JSON.stringify(part), steps]))],
    )
    await db.close()
    const different = cases
      .map(([whole, part, steps], index) => ({
        whole,
        part,
        steps,
        ours: { contains: jsonContains(whole, part), text: jsonPathText(whole, steps) },
        theirs: rows[index],
      }))
      .filter(({ ours, theirs }) => ours.contains !== theirs?.contains || ours.text !== theirs.text)
    expect(different).toEqual([])
  })
})
