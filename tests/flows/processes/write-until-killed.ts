import { createOps, embedded } from '@opslayer/core'

/** Writes rows into the embedded database of the directory given, and prints each row's id once it is acknowledged. */
const [directory = ''] = process.argv.slice(2)
await using ops = createOps({ database: embedded(directory) })
await ops.migrate()
const acme = ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
const [present] = (await acme.tables.list()).items
const table = present ?? (await acme.tables.create({ name: 'Log', columns: [{ name: 'Text', type: 'text' }] }))
process.stdout.write(`${JSON.stringify({ table: table.id })}\n`)
for (let n = 0; ; n += 1) {
  const { rows } = await acme.rows.insert(table.id, [{ cells: { text: `${n} ${'x'.repeat(500)}` } }])
  const [row] = rows
  if (row !== undefined && n % 3 === 0)
    await acme.rows.update(table.id, [{ id: row.id, cells: { text: `changed ${n}` } }])
  process.stdout.write(`${JSON.stringify({ row: row?.id, text: n % 3 === 0 ? `changed ${n}` : undefined })}\n`)
}
