import { createOps } from '@opslayer/core'
import { hostileReceiverOptions } from '../testing/hostile-receiver.ts'

/** Deals with the webhooks of a database, `database`, until a plugin ends it or makes it stand still. */
const [database = ''] = process.argv.slice(2)
const ops = createOps({ ...hostileReceiverOptions(), database })
ops.startWorker({ everyMs: 20, standstillMs: 1_000 })
setInterval(() => {}, 2 ** 30)
