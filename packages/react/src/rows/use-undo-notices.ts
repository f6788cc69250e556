import { useCallback } from 'react'
import type { RevertResult } from '../data/client/history-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useUndo } from '../data/use-undo.ts'
import { useColumnTypes } from '../provider/column-types.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { useValueContext } from '../provider/use-value-context.ts'
import { useNotices } from '../ui/notice-queue.ts'
import { revertNotice, type UndoPlace } from './revert-notice.ts'
import { useOperationGroups } from './use-operation-groups.ts'

export interface UndoNotices {
  /** Ends once it is done, or was refused; both are told. */
  undo(): Promise<void>
  redo(): Promise<void>
  /** Takes back one operation of anybody. */
  undoOperation(operationId: string): Promise<void>
  /** The user's last so many operations are one piece of work: one undo takes them back, as long as none came after. */
  together(operations: number): void
}

/**
 * Undo and redo that say what they did, and what they left alone.
 *
 * @param shown whose rows are named, with a way to them. @default rows are counted
 */
export function useUndoNotices(shown?: UndoPlace): UndoNotices {
  const { translate } = useOpsContext()
  const context = useValueContext()
  const types = useColumnTypes()
  const notices = useNotices()
  const work = useUndo()
  const groups = useOperationGroups()
  const take = work.steps.mutateAsync
  const operation = work.operation.mutateAsync

  const tell = useCallback(
    (kind: 'undone' | 'redone', result: Promise<RevertResult>) =>
      result.then(
        (done) => notices.show(revertNotice(kind, done, { context, translate, types }, shown)),
        (error: unknown) => {
          const { code, message } = opsFault(error)
          const nothing = kind === 'undone' ? 'undo.nothing' : 'redo.nothing'
          const isNone = code === 'UNDO_UNAVAILABLE'
          notices.show({ kind: isNone ? 'info' : 'error', text: isNone ? translate(nothing) : message })
        },
      ),
    [notices, translate, context, types, shown],
  )
  const revert = useCallback(
    async (way: 'undo' | 'redo') => {
      const onTaken = (count: number) => {
        if (count > 1) groups.group(way === 'undo' ? 'redo' : 'undo', count)
      }
      return resultOf(await take({ way, count: () => groups.next(way), onTaken }))
    },
    [take, groups],
  )
  return {
    undo: useCallback(() => tell('undone', revert('undo')), [tell, revert]),
    redo: useCallback(() => tell('redone', revert('redo')), [tell, revert]),
    undoOperation: useCallback((id: string) => tell('undone', operation(id)), [tell, operation]),
    together: useCallback((operations: number) => groups.group('undo', operations), [groups]),
  }
}

/** What several reverts did, as one; one alone as it is. */
function resultOf(done: readonly [RevertResult, ...RevertResult[]]): RevertResult {
  const [first, ...others] = done
  if (others.length === 0) return first
  return {
    ...first,
    rows: done.reduce((sum, { rows }) => sum + rows, 0),
    conflicts: done.flatMap(({ conflicts }) => conflicts),
    totalConflicts: done.reduce((sum, { totalConflicts }) => sum + totalConflicts, 0),
    columns: null,
    row: null,
  }
}
