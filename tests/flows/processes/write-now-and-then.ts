import { setTimeout as sleep } from 'node:timers/promises'
import { createOps } from '@opslayer/core'

/** Counts up in a number cell, and prints each number with the time at which its write was acknowledged. */
const [url = '', tableId = '', rowId = '', column = '', pauseMs = '0'] = process.argv.slice(2)
await using ops = createOps({ database: url })
const acme = ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'other' } })
for (let n = 1; ; n += 1) {
  await sleep(Number(pauseMs))
  await acme.rows.update(tableId, [{ id: rowId, cells: { [column]: n } }])
  process.stdout.write(`${JSON.stringify({ n, at: Date.now() })}\n`)
}
