import { OpsError } from '../errors/ops-error.ts'
import { envelopeError, isPostgresError } from './database-errors.ts'
import { outdatedCode } from './migrations/assert-marks.ts'
import type { PgClient } from './pool.ts'
import type { Roles } from './roles.ts'

/** The org or the table is not as the envelope assumed; nothing was done. */
export class Outdated extends OpsError {
  constructor() {
    super('CONTENTION', 'The org or the table is being changed. Try again.')
  }
}

export function isOutdated(envelopeFailure: unknown): boolean {
  return isPostgresError(envelopeFailure, outdatedCode)
}

/**
 * Within `work`, queries of the client go out without waiting for the answers to those before. What it sends at once leaves
 * in one packet, which wakes PostgreSQL once.
 */
export async function pipelined<T>(client: PgClient, work: () => Promise<T>): Promise<T> {
  const before = client.pipeline
  client.pipeline = true
  const stream = client.connection?.stream
  stream?.cork()
  process.nextTick(() => stream?.uncork())
  try {
    return await work()
  } finally {
    client.pipeline = before ?? false
  }
}

/**
 * Sends an envelope and starts `work` without waiting for its answer, which saves a round trip. After an envelope that
 * failed PostgreSQL refuses every statement, so nothing that `work` sends is done, and its own error means nothing.
 *
 * @throws Outdated
 */
export async function behindEnvelope<T>(
  client: PgClient,
  envelope: string,
  roles: Roles,
  work: () => Promise<T>,
): Promise<T> {
  return await pipelined(client, async () => {
    const opening = client.query({ text: envelope })
    const [opened, worked] = await Promise.allSettled([opening, work()])
    if (opened.status === 'rejected') {
      throw isOutdated(opened.reason) ? new Outdated() : envelopeError(opened.reason, roles)
    }
    if (worked.status === 'rejected') throw worked.reason
    return worked.value
  })
}
