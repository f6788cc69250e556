import { describe, expect, it } from 'vitest'
import { isOpsError, type OpsError } from '../errors/ops-error.ts'
import { checkFilter } from './check-filter.ts'
import { filterSchema } from './filter.ts'
import { testContext, testTable } from './testing/physical-table.ts'
import { tinyNumber, tinyText } from './testing/tiny-types.ts'

const table = testTable([
  { key: 'name', name: 'Full name', type: tinyText },
  { key: 'score', name: 'Score', type: tinyNumber },
  { key: 'verified', name: 'Verified', type: tinyText, computed: true },
  { key: 'other', name: 'Twin', type: tinyText },
  { key: 'another', name: 'Twin', type: tinyText },
])

function check(input: unknown) {
  return checkFilter(input, table, testContext)
}

function refusal(input: unknown): OpsError {
  try {
    check(input)
  } catch (error) {
    if (isOpsError(error)) return error
    throw error
  }
  throw new Error('The filter was accepted')
}

describe('checkFilter', () => {
  it('finds columns by key, id and exact name', () => {
    for (const column of ['name', 'col_1', 'Full name']) {
      expect(check({ column, op: 'is', value: 'Ada' }).root).toMatchObject({ kind: 'cell', column: { key: 'name' } })
    }
  })

  it('takes no filter as every row', () => {
    expect(check(undefined).root).toEqual({ kind: 'and', of: [] })
    expect(check(null).root).toEqual({ kind: 'and', of: [] })
  })

  it('says what there is when a column, operator or operand does not fit, all at once', () => {
    const error = refusal({
      and: [
        { column: 'scor', op: 'gt', value: 1 },
        { not: { column: 'score', op: 'contains', value: 'x' } },
        { or: [{ column: 'score', op: 'gt', value: 'many' }] },
        { column: 'Twin', op: 'is', value: 'x' },
        { column: 'name', state: 'failed' },
      ],
    })
    expect(error.code).toBe('INVALID_QUERY')
    expect(error.issues.map((issue) => [issue.path.join('.'), issue.message])).toEqual([
      ['filter.and.0.column', 'There is no column “scor” in “Leads”. Did you mean "score"?'],
      ['filter.and.1.not.op', '“Score” (Number) has no operator “contains”. It has: gt, any_of.'],
      ['filter.and.2.or.0.value', '“Score” is more than: Write a number.'],
      ['filter.and.3.column', 'Several columns are named “Twin”; use one of the keys other, another.'],
      [
        'filter.and.4.state',
        '“Full name” is not computed; its cells know only the state “warning”. For empty cells use an operator.',
      ],
    ])
    expect(error.path).toEqual(['filter', 'and', 0, 'column'])
  })

  it('refuses shapes that are no filter', () => {
    for (const input of [
      [],
      'name = 1',
      42,
      {},
      { and: {} },
      { and: [null] },
      { not: [] },
      { column: 'name' },
      { column: 'name', op: 'is', value: 'x', extra: 1 },
      { and: [], or: [] },
      { column: 'name', op: 'is', state: 'done' },
      { column: 5, op: 'is' },
      { column: 'verified', state: 'broken' },
      { column: 'verified', state: [] },
      { search: 'x', columns: 'name' },
      { column: 'name', op: 'is', value: new Date() },
      { column: 'name', op: 'is', value: 1n },
      { column: 'name', op: 'is', value: 'a\u0000b' },
      { column: 'name', op: 'is', value: '\ud800' },
      { column: 'score', op: 'gt', value: Number.NaN },
      new Map([['column', 'name']]),
    ]) {
      expect(refusal(input).code, String(input)).toBe('INVALID_QUERY')
    }
  })

  it('refuses keys that reach for prototypes', () => {
    for (const json of [
      '{"__proto__": {"and": []}}',
      '{"and": [], "__proto__": 1}',
      '{"constructor": 1}',
      '{"column": "name", "op": "is", "value": {"__proto__": 1}}',
      '{"column": "name", "op": "is", "value": [{"constructor": {"prototype": 1}}]}',
    ]) {
      expect(refusal(JSON.parse(json)).code, json).toBe('INVALID_QUERY')
    }
    expect(refusal(Object.create({ and: [] })).code).toBe('INVALID_QUERY')
    for (const column of ['__proto__', 'constructor', 'toString']) {
      expect(refusal({ column, op: 'is', value: 'x' }).message).toContain('There is no column')
    }
    expect(refusal({ column: 'name', op: 'constructor', value: 'x' }).message).toContain('no operator')
  })

  it('refuses what is too deep or too large without exhausting the stack', () => {
    for (const depth of [51, 1000, 1_000_000]) {
      let filter: unknown = { column: 'name', op: 'is', value: 'x' }
      for (let i = 1; i < depth; i++) filter = i % 2 === 0 ? { not: filter } : { and: [filter] }
      expect(refusal(filter).code).toBe('LIMIT_EXCEEDED')
    }
    let deepest: unknown = { column: 'name', op: 'is', value: 'x' }
    for (let i = 1; i < 50; i++) deepest = { not: deepest }
    expect(check(deepest).root.kind).toBe('not')

    let value: unknown = 'x'
    for (let i = 0; i < 100_000; i++) value = [value]
    expect(refusal({ column: 'name', op: 'is', value }).code).toBe('LIMIT_EXCEEDED')

    const leaf = { column: 'name', op: 'is', value: 'x' }
    expect(refusal({ or: Array.from({ length: 1000 }, () => leaf) }).code).toBe('LIMIT_EXCEEDED')
    expect(refusal({ or: Array.from({ length: 100_000 }, () => leaf) }).code).toBe('LIMIT_EXCEEDED')
    expect(check({ or: Array.from({ length: 999 }, () => leaf) }).root.kind).toBe('or')
    expect(refusal({ column: 'score', op: 'any_of', value: Array.from({ length: 30_000 }, (_, i) => i) }).code).toBe(
      'LIMIT_EXCEEDED',
    )
    const loop: { and: unknown[] } = { and: [] }
    loop.and.push(loop)
    expect(refusal(loop).code).toBe('LIMIT_EXCEEDED')
  })

  it('says nothing of long inputs beyond an excerpt', () => {
    const error = refusal({ column: 'x'.repeat(290), op: 'is', value: 'y' })
    expect(error.message.length).toBeLessThan(200)
  })

  it('offers the same as a zod schema for inputs and stored views', () => {
    const filter = { and: [{ column: 'name', op: 'is', value: 'Ada' }] }
    expect(filterSchema.parse(filter)).toEqual(filter)
    const refused = filterSchema.safeParse({ and: [{ column: 'name' }] })
    expect(refused.error?.issues.map((issue) => issue.path)).toEqual([['and', 0]])
  })
})
