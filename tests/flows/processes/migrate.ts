import { createOps } from '@opslayer/core'

/** Migrates the database of the connection string given and prints the report. */
const [database = ''] = process.argv.slice(2)
await using ops = createOps({ database })
process.stdout.write(`${JSON.stringify(await ops.migrate())}\n`)
