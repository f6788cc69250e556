import { findOperation, type LoggedOperation, operationsOfActor, revertOf } from '../store/change-log.operations.ts'
import type { OperationRole } from '../store/log-entry.ts'
import type { Work } from '../store/org-session.ts'

/** What undo or redo would do next. */
export interface NextRevert {
  readonly role: Exclude<OperationRole, 'do'>
  /** The operation to take back. */
  readonly target: string
  /** It was begun and interrupted: go on. */
  readonly resumes: boolean
}

const pageSize = 100

/**
 * The actor's linear history, read from the log newest first. Each undo or redo names what it takes back, so an
 * operation that a newer one names has had its turn, and what nobody names is in effect:
 * - undo takes the newest `do` or `redo` in effect
 * - redo takes the newest `undo` in effect, unless a `do` is newer: new work clears it
 * - an undo or redo that was interrupted comes first
 */
export async function nextRevert(work: Work, role: NextRevert['role']): Promise<NextRevert | undefined> {
  const takenBack = new Set<string>()
  for await (const operation of operationsNewestFirst(work)) {
    if (operation.target !== null) takenBack.add(operation.target)
    if (operation.unfinished && operation.target !== null && operation.role === role)
      return { role, target: operation.target, resumes: true }
    if (role === 'redo' && operation.role === 'do') return undefined
    const wanted = (role === 'undo') === (operation.role !== 'undo')
    if (!wanted || takenBack.has(operation.id)) continue
    const head = await inEffect(work, operation)
    if ((role === 'undo') === (head.role !== 'undo')) return { role, target: head.id, resumes: false }
  }
  return undefined
}

async function* operationsNewestFirst(work: Work): AsyncGenerator<LoggedOperation> {
  let before: string | null = null
  for (;;) {
    const page: LoggedOperation[] = await operationsOfActor(work, { before, limit: pageSize })
    yield* page
    if (page.length < pageSize) return
    before = page.at(-1)?.seq ?? null
  }
}

/** The last of the undos and redos that took each other back, by whomever; the operation itself if there is none. */
export async function inEffect(work: Work, operation: LoggedOperation): Promise<LoggedOperation> {
  let head = operation
  for (let next = await revertOf(work, head.id); next !== undefined; next = await revertOf(work, next.id)) head = next
  return head
}

/** What users did, at the beginning of a chain of undos and redos. */
export async function originOf(work: Work, operation: LoggedOperation): Promise<LoggedOperation> {
  let origin = operation
  while (origin.target !== null) {
    const earlier = await findOperation(work, origin.target)
    if (earlier === undefined) break
    origin = earlier
  }
  return origin
}
