import { createFetchHandler } from '@opslayer/server'
import { currentIdentity, ops } from '../../../lib/ops.ts'

const handler = createFetchHandler(ops, { context: currentIdentity })

export { handler as GET, handler as OPTIONS, handler as POST }
