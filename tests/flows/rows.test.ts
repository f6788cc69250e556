import { expect, it } from 'vitest'
import { describeDatabases } from '../databases/describe-databases.ts'
import { openOps } from './testing/open-ops.ts'

describeDatabases('rows', (makeDatabase) => {
  it('writes what it can and says what it cannot', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const leads = await acme.tables.create({
      name: 'Leads',
      columns: [
        { name: 'Email', type: 'email', unique: true },
        { name: 'Score', type: 'number', defaultValue: 10 },
      ],
    })
    const inserted = await acme.rows.insert(leads.id, [
      { cells: { email: 'ADA@example.com', score: '1,234.5' } },
      { cells: { email: 'ada@example.com', score: 'many' } },
      { cells: { email: 'bob@example.com' } },
    ])
    expect(inserted.rows.map(({ index, cells }) => ({ index, cells }))).toEqual([
      { index: 0, cells: { email: 'ada@example.com', score: 1234.5 } },
      { index: 1, cells: { score: 10 } },
      { index: 2, cells: { email: 'bob@example.com', score: 10 } },
    ])
    expect(inserted.errors.map(({ index, column, code }) => ({ index, column, code }))).toEqual([
      { index: 1, column: 'score', code: 'INVALID_VALUE' },
      { index: 1, column: 'email', code: 'UNIQUE_VIOLATION' },
    ])
  })
})
