import * as z from 'zod'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { OpsError } from '../errors/ops-error.ts'
import { stopRunsOf } from '../runs/stop-runs-of.ts'
import { say } from '../sentences/say.ts'
import { findOperation, summariseOperation } from '../store/change-log.operations.ts'
import type { ChangeKind } from '../store/log-entry.ts'
import type { OrgSession, Work } from '../store/org-session.ts'
import { inEffect, type NextRevert, nextRevert, originOf } from './operation-stack.ts'
import { type RevertOptions, type RevertResult, revertOperation } from './revert-operation.ts'

/**
 * Takes back what the actor did last, in the whole org. Cells and rows that others have changed since stay as they are
 * and are listed. An undo that was interrupted goes on; a run that still writes what is undone is cancelled.
 *
 * @throws OpsError `UNDO_UNAVAILABLE` if there is nothing to undo, or the change log no longer keeps it
 */
export async function undo(session: OrgSession, options: RevertOptions = {}): Promise<RevertResult> {
  return await revertNext(session, 'undo', options)
}

/**
 * Brings back what the actor undid last, until new work of theirs clears it.
 *
 * @throws OpsError `UNDO_UNAVAILABLE`
 */
export async function redo(session: OrgSession, options: RevertOptions = {}): Promise<RevertResult> {
  return await revertNext(session, 'redo', options)
}

async function revertNext(
  session: OrgSession,
  role: NextRevert['role'],
  options: RevertOptions,
): Promise<RevertResult> {
  const next = await session.read(options, (work) => nextRevert(work, role))
  if (next === undefined)
    throw new OpsError(
      'UNDO_UNAVAILABLE',
      role === 'undo' ? say('There is nothing to undo.') : say('There is nothing to redo.'),
    )
  await stopRunsOf(session, next.target, options)
  await finishInterrupted(session, next.target, options)
  return await revertOperation(session, next, options)
}

export const operationIdSchema = z.string().regex(/^op_[a-z0-9]{17,40}$/, 'An operation id starts with "op_".')

/**
 * Takes back one operation of anybody, whatever came after it. If it was undone already and redone, its redo is taken
 * back.
 *
 * @throws OpsError `NOT_FOUND` if the log has no such operation; `UNDO_UNAVAILABLE` if it is undone already
 */
export async function undoOperation(
  session: OrgSession,
  operationId: string,
  options: RevertOptions = {},
): Promise<RevertResult> {
  const id = checkInput(operationIdSchema, operationId, ['operationId'])
  const target = await session.read(options, async (work) => {
    const operation = await findOperation(work, id)
    if (operation === undefined)
      throw new OpsError('NOT_FOUND', say('The change log has no operation "{id}".', { id }), { path: ['operationId'] })
    const head = await inEffect(work, operation)
    if (head.role !== 'undo' || head.id === id) return head.id
    if (head.unfinished && head.target !== null) return head.target
    throw new OpsError('UNDO_UNAVAILABLE', say('This operation is undone already.'))
  })
  await stopRunsOf(session, target, options)
  await finishInterrupted(session, target, options)
  const { role } = await session.read(options, async (work) => directionOf(await findOperation(work, target)))
  return await revertOperation(session, { target, role }, options)
}

function directionOf(operation: { readonly role: string } | undefined): { role: NextRevert['role'] } {
  return { role: operation?.role === 'undo' ? 'redo' : 'undo' }
}

/** An undo that was interrupted is finished before it is taken back, else its rest would be lost to both. */
async function finishInterrupted(session: OrgSession, operation: string, options: RevertOptions): Promise<void> {
  const found = await session.read(options, (work) => findOperation(work, operation))
  if (found === undefined || !found.unfinished || found.target === null || found.role === 'do') return
  await revertOperation(session, { target: found.target, role: found.role }, options)
}

/** What undo or redo would do next, for a toast: "Undo: 3 rows deleted in Leads". */
export interface UndoStep {
  /** The operation that would be taken back. */
  readonly operation: string
  /** What the actor did originally. */
  readonly kind: ChangeKind
  readonly tableId: string
  /** Rows that would be put back; those that others have changed since included. */
  readonly rows: number
  /** When the actor did it. */
  readonly at: string
}

export interface UndoState {
  readonly undo: UndoStep | null
  readonly redo: UndoStep | null
}

export async function undoState(session: OrgSession, options: CallOptions = {}): Promise<UndoState> {
  return await session.read(options, async (work) => ({
    undo: await describe(work, await nextRevert(work, 'undo')),
    redo: await describe(work, await nextRevert(work, 'redo')),
  }))
}

async function describe(work: Work, next: NextRevert | undefined): Promise<UndoStep | null> {
  const target = next === undefined ? undefined : await findOperation(work, next.target)
  if (target === undefined) return null
  const origin = await summariseOperation(work, (await originOf(work, target)).id)
  const own = await summariseOperation(work, target.id)
  if (origin === undefined || own === undefined) return null
  return { operation: target.id, kind: origin.kind, tableId: origin.tableId, rows: own.rows, at: origin.at }
}
