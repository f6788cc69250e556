import { createOps } from '@opslayer/core'
import { serveOps } from '../testing/serve-ops.ts'

/** Serves a database until killed. Prints its address. */
const [url = '', port = '0'] = process.argv.slice(2)
const served = await serveOps(
  createOps({ database: url }),
  { limits: { perSecond: 10_000, burst: 20_000 } },
  Number(port),
)
console.log(JSON.stringify({ url: served.url }))
