import type { Filter, OrgOps, Table } from '@opslayer/core'
import { isOpsError } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeDatabases, describeOneDatabase } from '../databases/describe-databases.ts'
import { openOps, type TestOps } from './testing/open-ops.ts'

const actor = { type: 'user', id: 'u1' } as const

/** Texts that end a string, a statement or an identifier somewhere. */
const injections = [
  `'; drop schema opslayer cascade; --`,
  `" ; drop table t1; --`,
  `\\'; select pg_sleep(10); --`,
  `$$; select 1; $$`,
  `$1`,
  `%s %I %L`,
  `{"a":1}`,
  `{a,b}`,
  `NULL`,
  `\\N`,
  `\t\r\n`,
  `'||(select current_user)||'`,
  `ʼ or 1=1`,
  `/* */ --`,
  `E'\\x27'`,
  `\u202Edrop`,
]

const table = {
  name: 'Leads',
  columns: [
    { name: 'Name', type: 'text' },
    { name: 'Notes', type: 'long_text' },
    { name: 'Score', type: 'number' },
    { name: 'Day', type: 'date' },
    { name: 'Extra', type: 'json' },
  ],
} as const

async function opened(test: TestOps): Promise<{ acme: OrgOps; leads: Table }> {
  const acme = test.ops.forOrg({ orgId: 'acme', actor })
  return { acme, leads: await acme.tables.create(table) }
}

describeDatabases('hostile input', (makeDatabase) => {
  it('is kept as text wherever it may stand, and refused elsewhere', async () => {
    await using test = await openOps(makeDatabase)
    const { acme, leads } = await opened(test)
    for (const text of injections) {
      const [row] = (
        await acme.rows.insert(leads.id, [
          { cells: { notes: text, extra: { [text]: text } }, externalKey: text, source: { id: text } },
        ])
      ).rows
      const kept = await acme.rows.get(leads.id, row?.id ?? '')
      expect(kept.cells.extra).toEqual({ [text]: text })
      expect(kept.externalKey).toBe(text)
      const filter: Filter = { column: 'notes', op: 'contains', value: text.trim() === '' ? 'x' : text }
      expect((await acme.rows.page(leads.id, { filter })).rows.length).toBe(text.trim() === '' ? 0 : 1)
      await expect(acme.rows.page(leads.id, { filter: { column: text, op: 'is', value: 'x' } })).rejects.toMatchObject({
        code: 'INVALID_QUERY',
      })
      await expect(
        acme.rows.page(leads.id, { filter: { column: 'name', op: text, value: 'x' } }),
      ).rejects.toMatchObject({ code: 'INVALID_QUERY' })
      await expect(acme.rows.page(leads.id, { sort: [{ column: text }] })).rejects.toMatchObject({
        code: 'INVALID_QUERY',
      })
      await expect(acme.rows.page(leads.id, { cursor: text })).rejects.toMatchObject({ code: 'INVALID_QUERY' })
      await expect(acme.rows.get(leads.id, text)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
      await expect(acme.tables.get(text)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(acme.columns.create(leads.id, { name: 'x', type: text })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      })
      await expect(acme.columns.create(leads.id, { name: 'x', type: 'text', key: text })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      })
      expect(() => test.ops.forOrg({ orgId: `acme ${text}`, actor })).toThrow(/org id/)
      await acme.rows.delete(leads.id, [row?.id ?? ''])
    }
  })

  it('may name columns and actors', async () => {
    await using test = await openOps(makeDatabase)
    const { acme, leads } = await opened(test)
    for (const text of injections.filter((name) => name.trim() !== '' && !/[\t\n]/.test(name))) {
      const column = await acme.columns.create(leads.id, { name: text, type: 'text' })
      expect(column.name).toBe(text.trim())
      expect(column.key).toMatch(/^[a-z][a-z0-9_]*$/)
      const mallory = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: text } })
      const [row] = (await mallory.rows.insert(leads.id, [{ cells: { [column.key]: text } }])).rows
      expect((await acme.rows.get(leads.id, row?.id ?? '')).createdBy).toBe(`user:${text}`)
    }
  })

  it('that cannot be kept is refused in every way in, and the reason is never the database', async () => {
    await using test = await openOps(makeDatabase)
    const { acme, leads } = await opened(test)
    const [row] = (await acme.rows.insert(leads.id, [{ cells: { name: 'good', score: 1 } }])).rows
    const id = row?.id ?? ''
    const filled = async (cells: Record<string, unknown>): Promise<unknown[]> => {
      const loaded: unknown[] = []
      const onErrors = (errors: readonly unknown[]): void => void loaded.push(...errors)
      await acme.rows.load(leads.id, [{ cells } as never], { onInvalid: 'reject', onErrors })
      const { errors } = await acme.rows.update(leads.id, [{ id, cells } as never])
      const match = 'external-key'
      const upserted = await acme.rows.upsert(leads.id, [{ externalKey: 'k', cells } as never], {
        match,
        onInvalid: 'reject',
      })
      return [...errors, ...upserted.errors, ...loaded]
    }
    const bad: readonly Record<string, unknown>[] = [
      { name: 'nul \0' },
      { notes: 'lone \uDC00' },
      { notes: 'x'.repeat(1_000_001) },
      { score: '9007199254740993' },
      { score: 1e300 },
      { score: `1${'0'.repeat(400)}` },
      { score: Number.POSITIVE_INFINITY },
      { day: '10000-01-01' },
      { day: '-000001-01-01' },
      { day: 1e20 },
      { extra: { nul: '\0' } },
      { extra: { 'lone \uD800': 1 } },
      { extra: JSON.parse('{"a": [{"__proto__": 1}]}') },
    ]
    const codeOf = async (way: () => unknown): Promise<string> =>
      await Promise.resolve()
        .then(way)
        .then(
          () => 'done',
          (error: unknown) => (isOpsError(error) ? error.code : String(error)),
        )
    const taken: string[] = []
    const refused = async (name: string, way: () => unknown): Promise<void> => {
      const code = await codeOf(way)
      if (!/^(INVALID_|FORMULA_INVALID|LIMIT_EXCEEDED)/.test(code)) taken.push(`${name}: ${code}`)
    }
    for (const cells of bad) {
      const errors = await filled(cells)
      const shown = JSON.stringify(cells).slice(0, 60)
      expect(errors, shown).toEqual(Array.from({ length: 3 }, () => expect.objectContaining({ code: 'INVALID_VALUE' })))
      await refused(`updateWhere ${shown}`, () => acme.rows.updateWhere(leads.id, 'all', cells as never))
      const [[column = '', value] = []] = Object.entries(cells)
      const op = column === 'notes' || column === 'name' ? 'is' : 'gt'
      await refused(`filter ${shown}`, () => acme.rows.page(leads.id, { filter: { column, op, value } as Filter }))
    }
    for (const text of ['nul \0', 'lone \uD800']) {
      const { id: tableId } = leads
      const ways: Readonly<Record<string, () => unknown>> = {
        externalKey: () => acme.rows.insert(tableId, [{ cells: {}, externalKey: text }]),
        source: () => acme.rows.insert(tableId, [{ cells: {}, source: { id: 's', note: text } }]),
        cause: () => acme.rows.insert(tableId, [{ cells: {} }], { cause: [{ type: 'rule', id: text }] }),
        find: () => acme.rows.find(tableId, { text }),
        distinct: () => acme.rows.distinct(tableId, { column: 'name', search: text }),
        view: () => acme.views.create(tableId, { name: text, kind: 'shared', definition: {} }),
        default: () => acme.columns.create(tableId, { name: 'N', type: 'text', defaultValue: text }),
        option: () =>
          acme.columns.create(tableId, { name: 'S', type: 'dropdown', settings: { options: [{ name: text }] } }),
        formula: () => acme.columns.create(tableId, { name: 'F', formula: `"${text}"` }),
        table: () => acme.tables.update(tableId, { name: text }),
        locale: () => acme.settings.update({ locale: text }),
        actor: () => test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: text } }),
      }
      for (const [name, way] of Object.entries(ways)) await refused(`${name} ${JSON.stringify(text)}`, way)
    }
    expect(taken).toEqual([])
    const left = { name: 'good', score: 1, notes: null, day: null, extra: null }
    expect((await acme.rows.page(leads.id)).rows.map(({ cells }) => cells)).toEqual([left])
  })
})

describeOneDatabase('hostile input', (makeDatabase) => {
  it('in cells is refused with the place and the reason, and the rest is written', async () => {
    await using test = await openOps(makeDatabase)
    const { acme, leads } = await opened(test)
    const { rows, errors } = await acme.rows.insert(leads.id, [
      { cells: { notes: 'x'.repeat(1_000_001), score: 1 } },
      { cells: { name: 'lone \uD800', score: 2 } },
      { cells: { name: 'nul \0', score: 3 } },
      { cells: { score: 2 ** 53 + 2, name: 'a' } },
      { cells: { score: '9007199254740993', name: 'b' } },
      { cells: { day: '10000-01-01', name: 'c' } },
      { cells: { extra: JSON.parse('{"__proto__": {"x": 1}}'), name: 'd' } },
      { cells: { score: Number.NaN, name: 'e' } },
    ])
    expect(rows.length).toBe(8)
    expect(errors.map(({ index, column, code }) => [index, column, code])).toEqual([
      [0, 'notes', 'INVALID_VALUE'],
      [1, 'name', 'INVALID_VALUE'],
      [2, 'name', 'INVALID_VALUE'],
      [4, 'score', 'INVALID_VALUE'],
      [5, 'day', 'INVALID_VALUE'],
      [6, 'extra', 'INVALID_VALUE'],
      [7, 'score', 'INVALID_VALUE'],
    ])
    for (const { message } of errors) expect(message.length).toBeLessThan(200)
    expect((await acme.rows.page(leads.id)).rows.map(({ cells }) => cells.score ?? cells.name)).toEqual([
      1,
      2,
      3,
      2 ** 53 + 2,
      'b',
      'c',
      'd',
      'e',
    ])
  })

  it('that is no row at all fails the call and writes nothing', async () => {
    await using test = await openOps(makeDatabase)
    const { acme, leads } = await opened(test)
    const good = { cells: { name: 'good' } }
    const cyclic: Record<string, unknown> = {}
    cyclic.self = cyclic
    const bad: unknown[] = [
      [good, { cells: { nobody: 1 } }],
      [good, { cells: JSON.parse('{"__proto__": 1}') }],
      [good, { cells: { constructor: 1 } }],
      [good, { cells: 'text' }],
      [good, { cells: [1] }],
      [good, {}],
      [good, null],
      [good, { cells: {}, externalKey: 'k'.repeat(501) }],
      [good, { cells: {}, source: { id: 's', more: 'x'.repeat(10_001) } }],
      [good, { cells: {}, source: { id: 's', cyclic } }],
      Array.from({ length: 5_001 }, () => good),
      'rows',
    ]
    for (const rows of bad) {
      await expect(acme.rows.insert(leads.id, rows as never)).rejects.toMatchObject({
        code: expect.stringMatching(/^(INVALID_INPUT|NOT_FOUND)$/),
      })
    }
    expect(await acme.rows.count(leads.id)).toEqual({ count: 0, exact: true })
  })

  it('in definitions is bounded', async () => {
    await using test = await openOps(makeDatabase)
    const { acme, leads } = await opened(test)
    const columns = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `Column ${i}`, type: 'text' }))
    await expect(acme.tables.create({ name: 'Wide', columns: columns(401) })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    const wide = await acme.tables.create({ name: 'Wide', columns: columns(400) })
    await expect(acme.columns.create(wide.id, { name: 'One more', type: 'text' })).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
    })
    const cells = Object.fromEntries(wide.columns.map(({ key }) => [key, 'x']))
    const [row] = (await acme.rows.insert(wide.id, [{ cells }])).rows
    await acme.rows.update(wide.id, [
      { id: row?.id ?? '', cells: Object.fromEntries(wide.columns.map(({ key }) => [key, 'y'])) },
    ])
    expect(Object.keys((await acme.rows.get(wide.id, row?.id ?? '')).cells).length).toBe(400)
    await acme.rows.delete(wide.id, [row?.id ?? ''])
    for (const name of ['', '   ', 'x'.repeat(201), 'lone \uD800', 'nul \0', 'line\nbreak', 7, null]) {
      await expect(acme.tables.create({ name: name as never })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
      await expect(acme.columns.create(leads.id, { name: name as never, type: 'text' })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      })
    }
    await expect(
      acme.columns.create(leads.id, { name: 'Stage', type: 'dropdown', settings: { surprise: 1 } }),
    ).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      path: expect.arrayContaining(['settings']),
    })
  })

  it('in filters is bounded before it is read', async () => {
    await using test = await openOps(makeDatabase)
    const { acme, leads } = await opened(test)
    const deep = (levels: number): Filter => {
      let filter: Filter = { column: 'name', op: 'is_empty' }
      for (let level = 0; level < levels; level += 1) filter = { not: filter }
      return filter
    }
    for (const levels of [1_000, 100_000]) {
      await expect(acme.rows.page(leads.id, { filter: deep(levels) })).rejects.toMatchObject({
        code: expect.stringMatching(/^(INVALID_QUERY|LIMIT_EXCEEDED)$/),
      })
      await expect(acme.rows.updateWhere(leads.id, deep(levels), { name: 'x' })).rejects.toMatchObject({
        code: expect.stringMatching(/^(INVALID_QUERY|LIMIT_EXCEEDED)$/),
      })
    }
    const wide: Filter = { or: Array.from({ length: 5_000 }, (): Filter => ({ column: 'name', op: 'is', value: 'x' })) }
    await expect(acme.rows.page(leads.id, { filter: wide })).rejects.toMatchObject({
      code: expect.stringMatching(/^(INVALID_QUERY|LIMIT_EXCEEDED)$/),
    })
    await expect(acme.rows.page(leads.id, { limit: 1_001 })).rejects.toMatchObject({ code: 'INVALID_QUERY' })
    await expect(acme.rows.updateWhere(leads.id, undefined as never, { name: 'x' })).rejects.toMatchObject({
      code: expect.stringMatching(/^INVALID/),
    })
  })
})
