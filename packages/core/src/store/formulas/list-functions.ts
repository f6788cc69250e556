import * as z from 'zod'
import { checkInput } from '../../errors/check-input.ts'
import { type DescribedFunction, describeFunctions } from '../../formula/describe-functions.ts'
import type { OrgSession } from '../org-session.ts'

export interface FunctionsQuery {
  /** Only functions whose name or summary holds the text. @default all */
  readonly search?: string | undefined
  /** How many to pass over. @default 0 */
  readonly offset?: number | undefined
  /** 1 to 500. @default 500, which is all of ours */
  readonly limit?: number | undefined
}

export interface FunctionsPage {
  readonly functions: readonly DescribedFunction[]
  /** Functions that the query finds, beyond this page too. */
  readonly total: number
}

export const functionsQuerySchema = z.object({
  search: z.string().max(200).optional(),
  offset: z.int().min(0).max(100_000).default(0),
  limit: z.int().min(1).max(500).default(500),
})

/** The functions that formulas may call, with their documentation: built-in, the host's and its plugins'. */
export async function listFunctions(session: OrgSession, query: FunctionsQuery = {}): Promise<FunctionsPage> {
  const { search, offset, limit } = checkInput(functionsQuerySchema, {
    search: query.search,
    offset: query.offset,
    limit: query.limit,
  })
  const wanted = search?.trim().toLowerCase() ?? ''
  const found = describeFunctions(session.functions).filter(
    ({ name, summary, aliases }) =>
      wanted === '' || [name, summary, ...aliases].some((text) => text.toLowerCase().includes(wanted)),
  )
  return { functions: found.slice(offset, offset + limit), total: found.length }
}
