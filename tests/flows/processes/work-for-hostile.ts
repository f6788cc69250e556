import { createOps } from '@opslayer/core'
import { hostileOptions } from '../testing/hostile-options.ts'

/** Works on the runs of a database, `database vendor`, until a plugin makes it stand still. Prints that it works. */
const [database = '', vendorUrl = ''] = process.argv.slice(2)
const ops = createOps({ ...hostileOptions(vendorUrl), database, leaseMs: 1_000 })
ops.startWorker({ everyMs: 20, standstillMs: 1_000 })
console.log(JSON.stringify({ working: true }))
setInterval(() => {}, 2 ** 30)
