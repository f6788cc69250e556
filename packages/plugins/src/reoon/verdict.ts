import { type Done, done, type Failed, failed, type Json } from '@opslayer/core/plugin'
import { type VerificationStatus, verificationStatuses } from './schemas.ts'

/** A verdict as a cell. A word that we do not know is no verdict. */
export function verdict(answer: {
  readonly status: string
  readonly overall_score?: number | null | undefined
}): Done<VerificationStatus> | Failed {
  const { status, overall_score: score } = answer
  const known = verificationStatuses.find((each) => each === status)
  // It came as JSON.
  const raw = answer as unknown as Json
  if (known === undefined) {
    return failed('UNKNOWN_STATUS', `Reoon answered with the status “${status.slice(0, 40)}”, which is new.`, { raw })
  }
  return done(known, { raw, ...(typeof score === 'number' && { confidence: score / 100 }) })
}
