import { UnansweredError } from './write-queue.ts'

/** Errors of a client that got an answer carry what the server said. */
export function hasNoAnswer(error: unknown): boolean {
  if (error instanceof UnansweredError) return true
  if (typeof error !== 'object' || error === null) return false
  return !('data' in error) || error.data === undefined || error.data === null
}

/** Whether the server refuses for now, and may not later. */
export function isRefusedForNow(error: unknown): boolean {
  const { data }: { readonly data?: { readonly ops?: { readonly retryable?: unknown } } | null } = Object(error)
  return data?.ops?.retryable === true
}
