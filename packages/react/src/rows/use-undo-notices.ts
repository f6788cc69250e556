import { useCallback } from 'react'
import type { RevertResult } from '../data/client/history-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useUndo } from '../data/use-undo.ts'
import { useColumnTypes } from '../provider/column-types.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { useValueContext } from '../provider/use-value-context.ts'
import { useNotices } from '../ui/notice-queue.ts'
import { revertNotice, type UndoPlace } from './revert-notice.ts'

export interface UndoNotices {
  undo(): void
  redo(): void
  /** Takes back one operation of anybody. */
  undoOperation(operationId: string): void
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
  const undo = work.undo.mutateAsync
  const redo = work.redo.mutateAsync
  const operation = work.operation.mutateAsync

  const tell = useCallback(
    (kind: 'undone' | 'redone', result: Promise<RevertResult>) => {
      result.then(
        (done) => notices.show(revertNotice(kind, done, { context, translate, types }, shown)),
        (error: unknown) => {
          const { code, message } = opsFault(error)
          const nothing = kind === 'undone' ? 'undo.nothing' : 'redo.nothing'
          const isNone = code === 'UNDO_UNAVAILABLE'
          notices.show({ kind: isNone ? 'info' : 'error', text: isNone ? translate(nothing) : message })
        },
      )
    },
    [notices, translate, context, types, shown],
  )
  return {
    undo: useCallback(() => tell('undone', undo(undefined)), [tell, undo]),
    redo: useCallback(() => tell('redone', redo(undefined)), [tell, redo]),
    undoOperation: useCallback((id: string) => tell('undone', operation(id)), [tell, operation]),
  }
}
