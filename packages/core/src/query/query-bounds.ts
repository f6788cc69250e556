import type { OpsErrorPath } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import { textFault } from './json-bounds.ts'
import { queryFault } from './query-fault.ts'

/** How many rows, groups or values one read may return. */
const maxLimit = 1000

/** @throws OpsError `INVALID_QUERY` unless a whole number from 1 to {@link maxLimit} */
export function checkedLimit(limit: number, at: OpsErrorPath = ['limit'], max: number = maxLimit): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= max) return limit
  throw queryFault(at, `“limit” must be a whole number from 1 to ${max}.`)
}

/** @throws OpsError `INVALID_QUERY` unless a whole number from 0 to 100 million */
export function checkedOffset(offset: number, at: OpsErrorPath = ['offset']): number {
  if (Number.isInteger(offset) && offset >= 0 && offset <= 100_000_000) return offset
  throw queryFault(at, '“offset” must be a whole number from 0 to 100,000,000.')
}

/** Most characters of a text that is looked for. */
const maxSearch = 1_000

/** A text to look for, trimmed. @throws OpsError `INVALID_QUERY` */
export function checkedSearch(text: string, at: OpsErrorPath): string {
  const wanted = text.trim()
  if (wanted.length > maxSearch) throw queryFault(at, say('Write at most 1,000 characters to look for.'))
  const fault = textFault(wanted)
  if (fault !== null) throw queryFault(at, fault)
  return wanted
}
