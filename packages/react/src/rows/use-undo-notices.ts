import { useCallback } from 'react'
import type { RevertResult } from '../data/client/history-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useUndo } from '../data/use-undo.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { useNotices } from '../ui/notice-queue.ts'

export interface UndoNotices {
  undo(): void
  redo(): void
  /** Takes back one operation of anybody. */
  undoOperation(operationId: string): void
}

/** Undo and redo that say what they did, and what they left alone. */
export function useUndoNotices(): UndoNotices {
  const { translate } = useOpsContext()
  const notices = useNotices()
  const work = useUndo()
  const undo = work.undo.mutateAsync
  const redo = work.redo.mutateAsync
  const operation = work.operation.mutateAsync

  const tell = useCallback(
    (kind: 'undone' | 'redone', result: Promise<RevertResult>) => {
      result.then(
        ({ rows, totalConflicts }) =>
          notices.show({
            kind: totalConflicts > 0 ? 'info' : 'done',
            text: rows > 0 ? translate(`table.${kind}-rows`, { count: rows }) : translate(`table.${kind}`),
            ...(totalConflicts > 0 && { detail: translate('table.conflicts', { count: totalConflicts }) }),
          }),
        (error: unknown) => {
          const { code, message } = opsFault(error)
          const nothing = kind === 'undone' ? 'undo.nothing' : 'redo.nothing'
          const isNone = code === 'UNDO_UNAVAILABLE'
          notices.show({ kind: isNone ? 'info' : 'error', text: isNone ? translate(nothing) : message })
        },
      )
    },
    [notices, translate],
  )
  return {
    undo: useCallback(() => tell('undone', undo(undefined)), [tell, undo]),
    redo: useCallback(() => tell('redone', redo(undefined)), [tell, redo]),
    undoOperation: useCallback((id: string) => tell('undone', operation(id)), [tell, operation]),
  }
}
