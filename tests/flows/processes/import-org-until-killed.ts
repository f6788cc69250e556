import { readFileSync } from 'node:fs'
import { createOps, embedded } from '@opslayer/core'

/** Imports the first half of an archive as an org into the database given as JSON, says so, and waits to be killed. */
const [database = '', orgId = '', path = ''] = process.argv.slice(2)
const target = JSON.parse(database)
await using ops = createOps({ database: target.kind === 'server' ? target.url : embedded(target.directory) })
const archive = readFileSync(path)

async function* firstHalf(): AsyncGenerator<Uint8Array> {
  yield archive.subarray(0, archive.length / 2)
  process.stdout.write(`${JSON.stringify('half')}\n`)
  await new Promise((resolve) => setTimeout(resolve, 600_000))
}

await ops.importOrg(orgId, firstHalf())
