import type * as z from 'zod'
import { isOpsError, OpsError, type OpsErrorPath } from './ops-error.ts'

/**
 * Validates an input at the edge.
 *
 * @throws OpsError `INVALID_INPUT` with one issue for each fault
 */
export function checkInput<T>(schema: z.ZodType<T>, input: unknown, path: OpsErrorPath = []): T {
  const result = safeParse(schema, input, path)
  if (result.success) return result.data
  const issues = result.error.issues.slice(0, 20).map((issue) => ({
    code: 'INVALID_INPUT' as const,
    message: issue.message,
    path: [...path, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))],
  }))
  const where = issues[0]?.path.join('.') ?? ''
  throw new OpsError(
    'INVALID_INPUT',
    `${where === '' ? '' : `${where}: `}${issues[0]?.message ?? 'The input is not valid.'}`,
    {
      path: issues[0]?.path ?? path,
      issues,
    },
  )
}

function safeParse<T>(schema: z.ZodType<T>, input: unknown, path: OpsErrorPath): z.ZodSafeParseResult<T> {
  try {
    return schema.safeParse(input)
  } catch (error) {
    if (isOpsError(error)) throw error
    throw new OpsError(
      'INVALID_INPUT',
      'The input could not be read: it is cyclic, too deep, or one of its properties throws.',
      { cause: error, path },
    )
  }
}
