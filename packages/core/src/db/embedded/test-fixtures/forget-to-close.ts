import { openEmbedded } from '../open-embedded.ts'

/** Uses a database and ends without closing it. */
const [directory = ''] = process.argv.slice(2)
const { pool } = await openEmbedded({ directory })
const client = await pool.connect()
await client.query('create table kept (n int)')
await client.query('insert into kept values (1)')
process.stdout.write('done\n')
