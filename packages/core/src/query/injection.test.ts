import type { RawBuilder } from 'kysely'
import { describe, expect, it } from 'vitest'
import { isOpsError } from '../errors/ops-error.ts'
import { builtInColumnTypes } from '../values/built-in-types.ts'
import { checkAggregates } from './aggregate.ts'
import { checkFilter } from './check-filter.ts'
import { compileFilter } from './compile-filter.ts'
import { selectCount, selectIds } from './count.ts'
import { selectDistinct } from './distinct.ts'
import { selectFind } from './find.ts'
import { selectGroups } from './group.ts'
import { checkGroupBy } from './group-by.ts'
import { selectPage, selectWindow } from './page.ts'
import { selectRowsById } from './rows-by-id.ts'
import { checkSort } from './sort.ts'
import { selectSummary } from './summary.ts'
import { type TestColumn, testContext, testTable } from './testing/physical-table.ts'
import { compiled } from './testing/query-database.ts'

/** Each carries the mark, which must then never stand in the text of a statement. */
const mark = 'pwned'
const hostile = [
  `'; drop table ${mark}; --`,
  `" or "${mark}" = "`,
  `${mark}") or 1=1 --`,
  `$1 ${mark}`,
  `$$${mark}$$`,
  `\\'; ${mark}`,
  `%${mark}_\\`,
  `{"${mark}"}`,
  `{${mark},NULL}`,
  `E'\\x27${mark}'`,
  `/*${mark}*/`,
  `${mark}\u2019\u02bc\uff07`,
  `t.c1) ${mark}`,
  `${mark}\n;select pg_sleep(10)`,
]

/** Everything that users can name is hostile; only physical names come from the store. */
const columns = Object.values(builtInColumnTypes).map((type, i): TestColumn => {
  const nasty = hostile[i % hostile.length] ?? mark
  const settings = { options: [{ id: 'won', name: nasty.replace(/\s+/g, ' ').trim() }] }
  return {
    key: type.id,
    name: `${nasty} ${i}`,
    type,
    settings: type.settings.safeParse(settings).success ? settings : {},
    computed: i === 3,
  }
})
const table = { ...testTable(columns), name: mark, id: mark }

function expectHarmless(query: RawBuilder<unknown>, what: string): void {
  const { sql } = compiled(query)
  expect(sql, what).not.toContain(mark)
  expect(
    sql.replaceAll(
      /"(t|t1|t1_side|ops_test|keys|k\d|g|held|item|wanted|value|found|_\w+|c\d+(_[sk])?|C|und-x-icu|[a-z-]+-x-icu|T|Z|_count|metric|ordered|o\d)"/g,
      '',
    ),
    what,
  ).not.toContain('"')
}

function attempt(what: string, make: () => RawBuilder<unknown>): boolean {
  let query: RawBuilder<unknown>
  try {
    query = make()
  } catch (error) {
    if (isOpsError(error) && error.code !== 'INTERNAL') return false
    throw error
  }
  expectHarmless(query, what)
  return true
}

describe('hostile input', () => {
  it('never reaches the text of a statement through a filter', () => {
    let accepted = 0
    for (const text of hostile) {
      for (const column of table.columns) {
        for (const operator of column.type.operators) {
          for (const value of [
            text,
            [text],
            [text, text],
            { path: [text], value: text },
            { pattern: text },
            { [text]: text },
          ]) {
            const input = { column: column.name, op: operator.id, value }
            if (attempt(JSON.stringify(input), () => compileFilter(checkFilter(input, table, testContext)))) accepted++
          }
        }
      }
      for (const input of [
        { column: text, op: 'is', value: 'x' },
        { column: 'text', op: text, value: 'x' },
        { column: 'checkbox', state: 'failed', code: text },
        { column: 'text', state: text },
        { search: text },
        { search: 'x', columns: [text] },
        { [text]: [] },
        { and: [], [text]: 1 },
      ]) {
        attempt(JSON.stringify(input), () => compileFilter(checkFilter(input, table, testContext)))
      }
    }
    expect(accepted).toBeGreaterThan(200)
  })

  it('never reaches the text of a statement through sorts, groups, cursors, paths and searches', () => {
    const filter = checkFilter(undefined, table, testContext)
    for (const text of hostile) {
      const sort = checkSort([{ column: 'text' }, { column: 'status', dir: 'desc' }], table)
      attempt(text, () => selectPage({ filter, sort: checkSort([{ column: text }], table), columns: [], limit: 1 }))
      attempt(text, () =>
        selectPage({ filter, sort: checkSort([{ column: 'text', dir: text }], table), columns: [], limit: 1 }),
      )
      attempt(text, () =>
        selectPage({ filter, sort: checkSort([{ column: 'text', locale: text }], table), columns: [], limit: 1 }),
      )
      attempt(text, () => selectPage({ filter, sort, columns: table.columns, limit: 1, after: text }))
      attempt(text, () => selectIds({ filter, after: text, limit: 1 }))
      attempt(text, () => selectRowsById({ table, ids: [text], columns: [] }))
      attempt(text, () => selectFind({ filter, sort, text, columns: table.columns, limit: 1 }))
      attempt(text, () => selectCount({ filter: checkFilter({ search: text }, table, testContext), atMost: 5 }))
      const levels = checkGroupBy([{ column: 'text' }, { column: 'tags' }, { column: 'datetime' }], table, testContext)
      for (const path of [[text], [text, [text]], [text, [text], text], [text, null, '2026-01-01']]) {
        attempt(text, () => selectGroups({ filter, levels, path, limit: 1 }))
      }
      attempt(text, () =>
        selectGroups({ filter, levels: checkGroupBy([{ column: text }], table, testContext), limit: 1 }),
      )
      attempt(text, () =>
        selectGroups({ filter, levels: checkGroupBy([{ column: 'date', by: text }], table, testContext), limit: 1 }),
      )
      const zoned = checkFilter(undefined, table, { ...testContext, timeZone: text })
      for (const column of table.columns) {
        attempt(text, () => selectDistinct({ filter: zoned, column, search: text, limit: 1 }))
        attempt(text, () => selectDistinct({ filter: zoned, column, search: text, order: 'value', limit: 1 }))
      }
      attempt(text, () =>
        selectSummary({ filter, aggregates: checkAggregates([{ column: 'text', aggregate: text }], table) }),
      )
    }
    for (const column of table.columns) {
      const ids = column.type.aggregates.map((aggregate) => ({ column: column.name, aggregate }))
      expectHarmless(selectSummary({ filter, aggregates: checkAggregates(ids, table) }), column.key)
      if (column.type.sort === 'none') continue
      const sort = checkSort([{ column: column.name, dir: 'desc' }], table)
      expectHarmless(selectWindow({ filter, sort, columns: table.columns, offset: 5, limit: 5 }), column.key)
      expectHarmless(
        selectGroups({ filter, levels: checkGroupBy([{ column: column.name }], table, testContext), limit: 5 }),
        column.key,
      )
    }
  })
})
