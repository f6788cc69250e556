import { openEmbedded } from '../open-embedded.ts'

/** Inserts numbered rows into the database of the directory given, and prints each number once it is acknowledged. */
const [directory = ''] = process.argv.slice(2)
const { pool } = await openEmbedded({ directory })
await pool.query('create table if not exists acknowledged (n int primary key, filler text)')
const { rows } = await pool.query('select coalesce(max(n), 0)::int as last from acknowledged')
process.stdout.write('ready\n')
for (let n = rows[0].last + 1; ; n++) {
  await pool.query("insert into acknowledged values ($1, repeat('x', 2000))", [n])
  process.stdout.write(`${n}\n`)
}
