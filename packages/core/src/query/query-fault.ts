import type { OpsErrorCode } from '../errors/error-codes.ts'
import { OpsError, type OpsErrorPath, type OpsIssue } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'

/** Gathers the faults of one input, so that the caller learns of all of them at once. */
export interface QueryFaults {
  readonly issues: readonly OpsIssue[]
  readonly add: (path: OpsErrorPath, message: string, code?: OpsErrorCode, span?: OpsIssue['span']) => void
  /** Throws one OpsError (`INVALID_QUERY`, or the first issue's own code) if there was any fault. */
  readonly throwIfAny: () => void
}

export function queryFaults(): QueryFaults {
  const issues: OpsIssue[] = []
  return {
    issues,
    add: (path, message, code = 'INVALID_QUERY', span = undefined) =>
      void issues.push({ path, message, code, ...(span !== undefined && { span }) }),
    throwIfAny: () => {
      const [first] = issues
      if (first === undefined) return
      const { code, message: fault } = first
      const count = issues.length - 1
      const message = count === 0 ? fault : say('{~fault} (and {#count} more)', { fault, count })
      throw new OpsError(code, message, { path: first.path, issues })
    },
  }
}

/** An OpsError with one issue. */
export function queryFault(path: OpsErrorPath, message: string, code: OpsErrorCode = 'INVALID_QUERY'): OpsError {
  return new OpsError(code, message, { path, issues: [{ path, message, code }] })
}

/** What a user typed, in quotes and short enough for a message. */
export function excerpt(text: string): string {
  const points = [...text.slice(0, 100)]
  return points.length > 40 ? `“${points.slice(0, 40).join('')}…”` : `“${text}”`
}
