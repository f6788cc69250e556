import type * as z from 'zod'
import { OpsError } from '../errors/ops-error.ts'

/** A breach of the contract: names the plugin, the part and what to do. */
export function pluginFault(where: string, what: string, cause?: unknown): OpsError {
  return new OpsError('PLUGIN_INVALID', `${where}: ${what}`, cause === undefined ? {} : { cause })
}

/** Checks what an author wrote against a shape; the first fault is thrown with its place. */
export function checkShape(where: string, shape: z.ZodType, given: unknown): void {
  const result = shape.safeParse(given)
  if (result.success) return
  const issue = result.error.issues[0]
  const place = issue === undefined || issue.path.length === 0 ? '' : `"${issue.path.map(String).join('.')}" `
  throw pluginFault(where, `${place}${issue?.message ?? 'is not valid'}.`)
}

/** Does what may throw, saying where it threw. */
export function faultAt<T>(where: string, what: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw pluginFault(where, `${what}: ${error instanceof Error ? error.message : String(error)}.`, error)
  }
}
