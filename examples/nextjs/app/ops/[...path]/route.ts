import { createFetchHandler } from '@opslayer/server'
import { currentIdentity, ops } from '../../../lib/ops.ts'

// Next.js compresses what it sends.
const handler = createFetchHandler(ops, { context: currentIdentity, compress: false })

export { handler as GET, handler as OPTIONS, handler as POST }
