import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { createOps, type OrgOps, type Row, type Table } from '@opslayer/core'
import { describe, expect, it } from 'vitest'
import { describeBothKinds, describeOneDatabase } from '../databases/describe-databases.ts'
import { makeDatabase } from '../databases/make-database.ts'
import { makeOwnedDirectory } from '../databases/owned-directory.ts'
import { testDatabases } from '../databases/test-databases.ts'
import { nextJson, startChild } from './testing/child.ts'
import { databaseOption, migrated, openOps } from './testing/open-ops.ts'

const actor = { type: 'user', id: 'u1' } as const

async function collected(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** An org with a bit of everything that an archive must carry. */
async function fill(org: OrgOps): Promise<{ leads: string; gone: string }> {
  const leads = await org.tables.create({
    name: 'Leads "quoted" \\ Ünïcode 🎈',
    columns: [
      { name: 'Email', type: 'email', unique: true },
      { name: 'Note', type: 'long_text' },
      { name: 'Score', type: 'number', defaultValue: 10 },
      { name: 'When', type: 'datetime' },
      { name: 'Day', type: 'date' },
      { name: 'Tags', type: 'tags' },
      { name: 'Any', type: 'json' },
      { name: 'Old', type: 'text' },
    ],
  })
  await org.rows.insert(
    leads.id,
    Array.from({ length: 1_200 }, (_, n) => ({
      externalKey: `k${n}`,
      source: { id: 'csv', file: 'a.csv' },
      cells: {
        email: `a${n}@example.com`,
        note: n % 7 === 0 ? `tab\there\nline \\N \\. "quote" 🎈 ${'x'.repeat(n % 50)}` : null,
        score: n % 3 === 0 ? 'many' : n / 8,
        when: '2026-03-01T12:34:56.789Z',
        day: '1999-12-31',
        tags: ['a\\b', 'c,"d"', '{}'],
        any: { nested: [1, null, { deep: 'yes' }] },
        old: `old ${n}`,
      },
    })),
    { onInvalid: 'keep' },
  )
  const page = await org.rows.page(leads.id, { limit: 10 })
  await org.rows.delete(
    leads.id,
    page.rows.slice(0, 5).map(({ id }) => id),
  )
  await org.rows.updateWhere(leads.id, { column: 'score', op: 'gt', value: 100 }, { note: 'bulk' })
  await org.columns.delete(leads.id, 'old')
  const gone = await org.tables.create({ name: 'Gone', columns: [{ name: 'A', type: 'text' }] })
  await org.rows.insert(gone.id, [{ cells: { a: 'still here' } }])
  await org.tables.delete(gone.id)
  return { leads: leads.id, gone: gone.id }
}

/** All that the public API shows of a table. */
async function shown(org: OrgOps, tableId: string): Promise<{ table: Table; rows: Row[] }> {
  const rows: Row[] = []
  for await (const page of org.rows.pages(tableId)) rows.push(...page)
  return { table: await org.tables.get(tableId), rows }
}

describe('exportOrg and importOrg', () => {
  // Each of them once as the source and once as the target.
  for (const [place, from] of testDatabases.entries()) {
    const to = testDatabases[(place + 1) % testDatabases.length] ?? from
    it(`carry an org from ${from} to ${to}`, async () => {
      await using source = await openOps((template) => makeDatabase(from, template))
      await using target = await openOps((template) => makeDatabase(to, template))
      const acme = source.ops.forOrg({ orgId: 'acme', actor })
      const { leads, gone } = await fill(acme)
      const archive = await collected(source.ops.exportOrg('acme'))
      expect(await target.ops.importOrg('acme', [archive])).toEqual({ tables: 2, rows: 1_196 })
      const there = target.ops.forOrg({ orgId: 'acme', actor })
      expect(await shown(there, leads)).toEqual(await shown(acme, leads))
      expect(await collected(target.ops.exportOrg('acme', { gzip: false })).then(dataOf)).toEqual(
        await collected(source.ops.exportOrg('acme', { gzip: false })).then(dataOf),
      )
      for (const org of [acme, there]) {
        await org.columns.restore(leads, deletedColumn(archive) ?? '')
        await org.tables.restore(gone)
        await expect(org.rows.insert(leads, [{ cells: { email: 'a7@example.com' } }])).resolves.toMatchObject({
          errors: [{ code: 'UNIQUE_VIOLATION' }],
        })
      }
      const cells = async (org: OrgOps): Promise<unknown> =>
        (await org.rows.page(leads, { limit: 50 })).rows.map((row) => [row.id, row.cells])
      expect(await cells(there)).toEqual(await cells(acme))
    })
  }
})

/** Lines of an archive without what differs between two of the same org. */
function dataOf(archive: Buffer): string[] {
  return archive.toString('utf8').trim().split('\n').slice(1, -1)
}

function deletedColumn(archive: Buffer): string | undefined {
  for (const line of gunzipSync(archive).toString('utf8').split('\n').slice(0, 10)) {
    const content = JSON.parse(line)
    if (content.catalog === 'columns') return content.rows.find((row: { key: string }) => row.key === 'old').id
  }
  return undefined
}

describeBothKinds('importOrg', (makeDatabase) => {
  it('copies an org within its database, while it is exported, and undo goes on there', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const { leads } = await fill(acme)
    await test.ops.importOrg('copy', test.ops.exportOrg('acme'))
    const copy = test.ops.forOrg({ orgId: 'copy', actor })
    // Backwards: table deleted, row inserted, table made, column deleted, bulk edit, rows deleted.
    for (const org of [acme, copy]) for (let step = 0; step < 6; step += 1) await org.undo()
    const cells = async (org: OrgOps): Promise<unknown[]> => {
      const { rows } = await shown(org, leads)
      return rows.map((row) => [row.id, row.version, row.cells, row.warnings])
    }
    expect(await cells(copy)).toEqual(await cells(acme))
    expect(await cells(copy)).toHaveLength(1_200)
    await copy.rows.deleteWhere(leads, 'all')
    expect(await acme.rows.count(leads)).toMatchObject({ count: 1_200 })
  })

  it('clears what a killed process has imported half-way', async () => {
    const directory = makeOwnedDirectory()
    const path = join(directory, 'acme.archive')
    await using database = await makeDatabase(migrated)
    const { [Symbol.asyncDispose]: _, ...target } = database
    let leads = ''
    let whole: unknown
    {
      await using ops = createOps({ database: databaseOption(database) })
      await ops.migrate()
      const acme = ops.forOrg({ orgId: 'acme', actor })
      leads = (await fill(acme)).leads
      whole = await shown(acme, leads)
      writeFileSync(path, await collected(ops.exportOrg('acme', { gzip: false })))
    }
    {
      await using child = startChild('import-org-until-killed.ts', JSON.stringify(target), 'copy', path)
      expect(await nextJson(child)).toBe('half')
    }
    await using ops = createOps({ database: databaseOption(database) })
    const copy = ops.forOrg({ orgId: 'copy', actor })
    await expect(copy.tables.list()).rejects.toMatchObject({ code: 'ORG_UNAVAILABLE' })
    await ops.importOrg('copy', [readFileSync(path)])
    expect(await shown(copy, leads)).toEqual(whole)
    rmSync(directory, { recursive: true })
  })
})

describeOneDatabase('importOrg', (makeDatabase) => {
  it('leaves an org alone that holds tables, and takes the place of one that does not', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const { leads } = await fill(acme)
    const archive = await collected(test.ops.exportOrg('acme'))
    await expect(test.ops.importOrg('acme', [archive])).rejects.toMatchObject({ code: 'ALREADY_EXISTS' })
    const other = test.ops.forOrg({ orgId: 'other', actor })
    expect((await other.tables.list()).items).toEqual([])
    await test.ops.importOrg('other', [archive])
    expect(await shown(other, leads)).toEqual(await shown(acme, leads))
    await test.ops.eraseOrg('acme')
    await test.ops.importOrg('acme', [archive])
    expect(await shown(acme, leads)).toEqual(await shown(other, leads))
  })

  it('shows nothing of an org before all of it is there, and can be repeated', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const { leads } = await fill(acme)
    const archive = await collected(test.ops.exportOrg('acme', { gzip: false }))
    const copy = test.ops.forOrg({ orgId: 'copy', actor })
    const seen: unknown[] = []
    async function* watched(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < archive.length; at += 50_000) {
        yield archive.subarray(at, at + 50_000)
        if (at > 0) seen.push(await copy.tables.list().catch((error) => error.code))
      }
    }
    await test.ops.importOrg('copy', watched())
    expect(new Set(seen)).toEqual(new Set(['ORG_UNAVAILABLE']))
    expect(await shown(copy, leads)).toEqual(await shown(acme, leads))
    async function* breaking(): AsyncGenerator<Uint8Array> {
      yield archive.subarray(0, archive.length / 2)
      throw new Error('connection lost')
    }
    await expect(test.ops.importOrg('third', breaking())).rejects.toThrow('connection lost')
    const third = test.ops.forOrg({ orgId: 'third', actor })
    expect((await third.tables.list()).items).toEqual([])
    await test.ops.importOrg('third', [archive])
    expect(await shown(third, leads)).toEqual(await shown(acme, leads))
  })

  it('lets the later of two imports of an org win', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const { leads } = await fill(acme)
    const archive = await collected(test.ops.exportOrg('acme', { gzip: false }))
    async function* interrupted(): AsyncGenerator<Uint8Array> {
      yield archive.subarray(0, archive.length / 2)
      await test.ops.importOrg('copy', [archive])
      yield archive.subarray(archive.length / 2)
    }
    await expect(test.ops.importOrg('copy', interrupted())).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await shown(test.ops.forOrg({ orgId: 'copy', actor }), leads)).toEqual(await shown(acme, leads))
  })

  it('refuses archives that are damaged, hostile or from the future, and leaves nothing', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    await fill(acme)
    const archive = await collected(test.ops.exportOrg('acme', { gzip: false }))
    const zipped = await collected(test.ops.exportOrg('acme'))
    const text = archive.toString('utf8')
    const resealed = (change: (lines: Record<string, unknown>[]) => unknown[]): Buffer => {
      const lines = change(
        text
          .trim()
          .split('\n')
          .slice(0, -1)
          .map((line) => JSON.parse(line)),
      )
      const body = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
      const sha256 = createHash('sha256').update(body).digest('hex')
      return Buffer.from(`${body}${JSON.stringify({ end: true, lines: lines.length, sha256 })}\n`)
    }
    const first = (lines: Record<string, unknown>[], member: string): Record<string, unknown> =>
      lines.find((line) => member in line) ?? {}
    const faults: Record<string, readonly [Buffer, string]> = {
      empty: [Buffer.alloc(0), 'INVALID_INPUT'],
      'something else': [Buffer.from('PK\u0003\u0004 not ours'), 'INVALID_INPUT'],
      'cut short': [archive.subarray(0, -200), 'INVALID_INPUT'],
      'zipped and cut short': [zipped.subarray(0, zipped.length / 2), 'INVALID_INPUT'],
      changed: [Buffer.from(text.replace('a7@example.com', 'a7@example.org')), 'INVALID_INPUT'],
      'with something after its end': [Buffer.from(`${text}{}\n`), 'INVALID_INPUT'],
      newer: [resealed(([header, ...rest]) => [{ ...header, version: 2 }, ...rest]), 'SCHEMA_NEWER'],
      'of a newer catalog': [
        resealed(([header, ...rest]) => [{ ...header, catalogVersion: 999 }, ...rest]),
        'SCHEMA_NEWER',
      ],
      'with a hostile type': [
        resealed((lines) => {
          first(lines, 'relation').columns = [
            ['_id', 'bigint'],
            ['c1', 'int); drop schema opslayer cascade; --'],
          ]
          return lines
        }),
        'INVALID_INPUT',
      ],
      'with a hostile column': [
        resealed((lines) => {
          first(lines, 'relation').columns = [["_id\") from program 'id'; --", 'bigint']]
          return lines
        }),
        'INVALID_INPUT',
      ],
      'with a table that it does not define': [
        resealed((lines) => {
          for (const line of lines) if (line.relation === 'rows') line.table = 77
          return lines
        }),
        'INVALID_INPUT',
      ],
      'with another org in its rows': [
        resealed((lines) => {
          for (const line of lines)
            if (line.catalog === 'tables')
              for (const row of line.rows as object[]) Object.assign(row, { org_id: 'acme' })
          return lines
        }),
        'INVALID_INPUT',
      ],
      'with a column type that is not there': [
        resealed((lines) => {
          for (const line of lines)
            if (line.catalog === 'columns')
              for (const row of line.rows as object[]) Object.assign(row, { type: 'vendor.thing' })
          return lines
        }),
        'INVALID_INPUT',
      ],
      'with rows that do not fit': [
        resealed((lines) => {
          first(lines, 'data').data = 'many\tmany\n'
          return lines
        }),
        'INVALID_INPUT',
      ],
    }
    for (const [name, [bytes, code]] of Object.entries(faults)) {
      const outcome = await test.ops.importOrg('bad', [bytes]).then(
        () => 'imported',
        (error) => error.code,
      )
      expect({ name, outcome }).toEqual({ name, outcome: code })
    }
    expect((await test.ops.forOrg({ orgId: 'bad', actor }).tables.list()).items).toEqual([])
    expect((await acme.tables.list()).items).toHaveLength(1)
    await expect(collected(test.ops.exportOrg('nobody'))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
