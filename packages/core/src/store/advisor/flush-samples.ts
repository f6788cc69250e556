import { addQuerySamples } from '../../catalog/query-samples.repository.ts'
import type { CallOptions } from '../../db/transaction.ts'
import type { OrgSession } from '../org-session.ts'
import { shapeText } from './query-samples.ts'

/** Writes what this process noted of the org's reads to the catalog. */
export async function flushSamples(session: OrgSession, options: CallOptions): Promise<void> {
  const samples = session.samples.take(session.orgId)
  if (samples.length === 0) return
  await session.write(options, ({ tx }) =>
    addQuerySamples(
      tx.db,
      session.orgId,
      samples.map(({ shape, ...sample }) => ({ ...sample, shape: shapeText(shape), definition: { ...shape } })),
    ),
  )
}
