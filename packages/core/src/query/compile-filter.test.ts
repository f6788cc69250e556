import { describe, expect, it } from 'vitest'
import { checkFilter } from './check-filter.ts'
import { compileFilter } from './compile-filter.ts'
import { testContext, testTable } from './testing/physical-table.ts'
import { compiled } from './testing/query-database.ts'
import { tinyNumber, tinyText } from './testing/tiny-types.ts'

const table = testTable([
  { key: 'name', type: tinyText },
  { key: 'score', type: tinyNumber },
  { key: 'verified', type: tinyText, computed: true },
])

function sqlOf(filter: unknown): string {
  const { sql, parameters } = compiled(compileFilter(checkFilter(filter, table, testContext)))
  return `${sql.replaceAll('"t".', 't.').replace(/"(c\d+(_s)?|_id)"/g, '$1')} -- ${JSON.stringify(parameters)}`
}

describe('compileFilter', () => {
  it('keeps positive leaves in the form that indexes serve', () => {
    expect(sqlOf({ column: 'name', op: 'is', value: 'Ada' })).toBe('t.c1 = $1::text -- ["Ada"]')
    expect(sqlOf({ column: 'score', op: 'gt', value: 1.5 })).toBe('t.c2 > $1::numeric -- ["1.5"]')
    expect(sqlOf({ column: 'score', op: 'any_of', value: [1, 2] })).toBe('t.c2 = any($1::numeric[]) -- [["1","2"]]')
    expect(sqlOf({ column: 'name', op: 'contains', value: '50%_\\' })).toBe(
      String.raw`lower(t.c1 collate "und-x-icu") like lower($1::text collate "und-x-icu") -- ["%50\\%\\_\\\\%"]`,
    )
  })

  it('pushes NOT to the leaves, where empty cells come out right', () => {
    const filter = {
      not: { and: [{ column: 'name', op: 'is', value: 'Ada' }, { not: { column: 'score', op: 'gt', value: 1 } }] },
    }
    expect(sqlOf(filter)).toBe('(t.c1 is distinct from $1::text or t.c2 > $2::numeric) -- ["Ada","1"]')
    expect(sqlOf({ not: { column: 'score', op: 'gt', value: 1 } })).toBe('(t.c2 > $1::numeric) is not true -- ["1"]')
    expect(sqlOf({ not: { column: 'name', op: 'is_empty' } })).toBe('t.c1 is not null -- []')
    expect(sqlOf({ not: { and: [] } })).toBe('false -- []')
    expect(sqlOf({ not: { or: [] } })).toBe('true -- []')
  })

  it('asks for states by their stored codes and for error codes in the side table', () => {
    expect(sqlOf({ column: 'verified', state: ['failed', 'stale'] })).toBe(
      '(t.c3_s = 74 or (t.c3_s % 10 = 6 or (t.c3_s % 10 in (3, 4, 5) and t.c3_s / 10 <> 7))) -- []',
    )
    expect(sqlOf({ column: 'verified', state: 'empty' })).toBe('(t.c3_s is null and t.c3 is null) -- []')
    expect(sqlOf({ column: 'verified', state: 'failed', code: 'rate_limited' })).toBe(
      '(t.c3_s = 74 and exists (select 1 from "ops_test"."t1_side" as side where side.row_id = t._id and side.column_number = $1::int and side.state <> 3 and side.code = any($2::text[]))) -- [3,["rate_limited"]]',
    )
    expect(sqlOf({ not: { column: 'name', state: 'warning' } })).toBe(
      '(exists (select 1 from "ops_test"."t1_side" as side where side.row_id = t._id and side.column_number = $1::int and side.state = any($2::smallint[]))) is not true -- [1,[7]]',
    )
    const withoutSide = { ...table, side: null }
    const node = checkFilter({ column: 'name', state: 'warning' }, withoutSide, testContext)
    expect(compiled(compileFilter(node)).sql).toBe('false')
  })

  it('searches text by fragment, numbers by what they mean', () => {
    expect(sqlOf({ search: ' 12 ', columns: ['name', 'score'] })).toBe(
      '(lower(t.c1 collate "und-x-icu") like lower($1::text collate "und-x-icu") or t.c2 = $2::numeric) -- ["%12%","12"]',
    )
    expect(sqlOf({ search: '  ' })).toBe('true -- []')
  })
})
