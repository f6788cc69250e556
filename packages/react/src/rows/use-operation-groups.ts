import { useCallback, useMemo, useRef } from 'react'
import { useOpsClient } from '../data/data-context.ts'

type Way = 'undo' | 'redo'

/** Operations that were one piece of work to the user. */
interface OperationGroup {
  readonly count: number
  /** The one that undo, or redo, comes to first. */
  readonly next: string | undefined
}

export interface OperationGroups {
  /** The user's last so many operations belong together. */
  group(way: Way, count: number): void
  /** How many operations the next undo, or redo, is to take back: those of the last group, unless others came since. */
  next(way: Way): Promise<number>
}

/** Knows which of the user's operations one undo is to take back together. */
export function useOperationGroups(): OperationGroups {
  const { undo } = useOpsClient()
  const groups = useRef<Partial<Record<Way, Promise<OperationGroup>>>>({})
  const group = useCallback(
    (way: Way, count: number) => {
      const known = undo.state.query().then((state) => ({ count, next: state[way]?.operation }))
      // Without an answer there is no group: the operations are taken back one by one.
      groups.current[way] = known.catch(() => ({ count: 1, next: undefined }))
    },
    [undo],
  )
  const next = useCallback(
    async (way: Way) => {
      const last = await groups.current[way]
      delete groups.current[way]
      if (last === undefined || last.count === 1) return 1
      const state = await undo.state.query()
      return state[way]?.operation === last.next ? last.count : 1
    },
    [undo],
  )
  return useMemo(() => ({ group, next }), [group, next])
}
