import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import { errorAnswers } from '../error-codes.ts'
import { errorDataOf, opsCodeOf, publicMessage, trpcErrorOf } from '../error-data.ts'

/** An error as clients of the router know it, for requests that never reach a procedure. */
export function errorResponse(thrown: unknown, requestId: string): Response {
  const error = trpcErrorOf(thrown)
  const { status } = errorAnswers[opsCodeOf(error)]
  const shape = {
    message: publicMessage(error, requestId),
    code: TRPC_ERROR_CODES_BY_KEY[error.code],
    data: { code: error.code, httpStatus: status, ops: errorDataOf(error, requestId) },
  }
  return Response.json({ error: shape }, { status })
}
