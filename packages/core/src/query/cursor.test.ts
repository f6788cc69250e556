import { describe, expect, it } from 'vitest'
import { isOpsError } from '../errors/ops-error.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { checkSort } from './sort.ts'
import { testTable } from './testing/physical-table.ts'
import { tinyNumber, tinyText } from './testing/tiny-types.ts'

const table = testTable([
  { key: 'name', type: tinyText },
  { key: 'score', type: tinyNumber },
])
const sort = checkSort([{ column: 'name' }, { column: 'score', dir: 'desc' }], table)

function written(parts: unknown): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

function refusalOf(text: string): unknown {
  try {
    return decodeCursor(sort, text)
  } catch (error) {
    return isOpsError(error) ? error.code : error
  }
}

describe('cursors', () => {
  it('come back as they were, Unicode and empties included', () => {
    const text = encodeCursor(sort, { _id: '7', _k1: 'Zoë 🙂', _k2: null })
    expect(text).toMatch(/^[\w-]+$/)
    expect(decodeCursor(sort, text)).toEqual({ values: ['Zoë 🙂', null], id: '7' })
  })

  it('are refused by another sort', () => {
    const text = encodeCursor(sort, { _id: '7', _k1: 'x', _k2: '1.5' })
    for (const other of [
      undefined,
      [{ column: 'name' }],
      [{ column: 'name' }, { column: 'score' }],
      [{ column: 'score', dir: 'desc' }, { column: 'name' }],
      [
        { column: 'name', locale: 'de' },
        { column: 'score', dir: 'desc' },
      ],
    ]) {
      expect(() => decodeCursor(checkSort(other, table), text)).toThrow('belongs to another sort')
    }
  })

  it('are refused when forged', () => {
    const [version, signature] = JSON.parse(
      Buffer.from(encodeCursor(sort, { _id: '7', _k1: 'x', _k2: '1' }), 'base64url').toString(),
    )
    expect(refusalOf(written([version, signature, ['x', '1'], '7']))).toEqual({ values: ['x', '1'], id: '7' })
    for (const text of [
      '',
      'x',
      '%%%',
      written(null),
      written({}),
      written([version, signature, ['x', '1']]),
      written([2, signature, ['x', '1'], '7']),
      written([version, signature, ['x'], '7']),
      written([version, signature, ['x', '1', '2'], '7']),
      written([version, signature, ['x', 'one'], '7']),
      written([version, signature, ['x', 'NaN'], '7']),
      written([version, signature, ['x', '1e999999'], '7']),
      written([version, signature, ['a\u0000', '1'], '7']),
      written([version, signature, [['x'], '1'], '7']),
      written([version, signature, ['x', '1'], '7; drop']),
      written([version, signature, ['x', '1'], 7]),
      written([version, signature, ['x', '1'], '99999999999999999999']),
      'A'.repeat(4_000_000),
    ]) {
      expect(refusalOf(text), text.slice(0, 80)).toBe('INVALID_QUERY')
    }
  })
})

describe('checkSort', () => {
  it('says what does not fit', () => {
    expect(() => checkSort([{ column: 'nope' }], table)).toThrow('There is no column “nope”')
    expect(() => checkSort([{ column: 'name' }, { column: 'col_1', dir: 'desc' }], table)).toThrow('sorted by twice')
    expect(() => checkSort([{ column: 'score', locale: 'de' }], table)).toThrow('holds no text')
    expect(() => checkSort([{ column: 'name', dir: 'up' }], table)).toThrow()
    expect(() => checkSort({ column: 'name' }, table)).toThrow()
    expect(() => checkSort(Array(6).fill({ column: 'name' }), table)).toThrow('at most 5')
    for (const locale of ['de-x-icu"; drop table t1; --', 'DE', 'x', 'de_DE', '', 'de-AT-', 'C']) {
      expect(() => checkSort([{ column: 'name', locale }], table), locale).toThrow('Write a locale as')
    }
    for (const locale of ['de', 'de-AT', 'zh-Hant', 'zh-Hant-TW', 'fil']) {
      expect(checkSort([{ column: 'name', locale }], table).terms).toHaveLength(1)
    }
  })
})
