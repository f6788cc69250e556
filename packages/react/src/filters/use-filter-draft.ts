import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { TableColumn } from '../data/client/tables-calls.ts'
import type { Filter } from '../data/client/views-calls.ts'
import { useColumnTypes } from '../provider/column-types.ts'
import { useValueContext } from '../provider/use-value-context.ts'
import {
  type ColumnsByName,
  columnsByName,
  conditionFault,
  type FilterColumn,
  filterColumns,
  firstQuestion,
  isFinished,
} from './filter-columns.ts'
import {
  changeGroup,
  type DraftCondition,
  type DraftGroup,
  type DraftQuestion,
  draftOf,
  filterOf,
  newCondition,
  newGroup,
  replacePart,
} from './filter-draft.ts'

export interface FilterDraftOptions {
  readonly columns: readonly TableColumn[]
  readonly value: Filter | null
  /** Id of a column: the draft begins with one more condition, on it. @default none */
  readonly startWith?: string | null | undefined
  /** Outlives the builder, such as one in a popover, and keeps what is unfinished in its draft. @default nothing does */
  readonly kept?: RefObject<DraftGroup | null> | undefined
  /** Gets the filter whenever it is another; unfinished conditions and those with faults are left out. */
  onChange(filter: Filter | null): void
}

/** A filter that is being built, and everything that can be done to it. */
export interface FilterDraft {
  readonly draft: DraftGroup
  readonly columns: readonly FilterColumn[]
  readonly byName: ColumnsByName
  /** Why a condition cannot be asked; null if it can, or is unfinished. */
  fault(condition: DraftCondition): string | null
  addCondition(groupId: string, question?: DraftQuestion): void
  addGroup(groupId: string): void
  changeGroup(groupId: string, changes: Partial<Pick<DraftGroup, 'join' | 'isNegated'>>): void
  /** Asks something else in a condition. */
  ask(conditionId: string, question: DraftQuestion): void
  negate(partId: string, isNegated: boolean): void
  remove(partId: string): void
  clear(): void
}

/** Builds a filter. A filter that comes from elsewhere, such as another view's, takes the draft's place. */
export function useFilterDraft({ columns: all, value, startWith, kept, onChange }: FilterDraftOptions): FilterDraft {
  const context = useValueContext()
  const types = useColumnTypes()
  const columns = useMemo(() => filterColumns(all, types), [all, types])
  const byName = useMemo(() => columnsByName(columns, all), [columns, all])
  const fault = useCallback(
    (condition: DraftCondition) => conditionFault(condition, byName, context),
    [byName, context],
  )
  const isAsked = (condition: DraftCondition) => isFinished(condition, byName) && fault(condition) === null

  const [draft, setDraft] = useState(() => {
    const stored = keptDraft(kept?.current, value, isAsked) ?? draftOf(value)
    const column = startWith == null ? undefined : byName.get(startWith)
    if (column === undefined) return stored
    const isBegun = stored.parts.some(
      (part) => part.kind === 'cell' && byName.get(part.column) === column && !isAsked(part),
    )
    return isBegun ? stored : { ...stored, parts: [...stored.parts, newCondition(firstQuestion(column))] }
  })
  const told = useRef(JSON.stringify(value))
  const given = JSON.stringify(value)

  useEffect(() => {
    if (given === told.current) return
    told.current = given
    setDraft(draftOf(JSON.parse(given)))
  }, [given])

  useEffect(() => {
    if (kept !== undefined) kept.current = draft
  }, [kept, draft])

  const change = (next: DraftGroup) => {
    setDraft(next)
    const filter = filterOf(next, isAsked)
    const text = JSON.stringify(filter)
    if (text === told.current) return
    told.current = text
    onChange(filter)
  }

  const first = columns[0]
  return {
    draft,
    columns,
    byName,
    fault,
    addCondition(groupId, question) {
      const asked = question ?? (first && firstQuestion(first))
      if (asked === undefined) return
      change(changeGroup(draft, groupId, (group) => ({ ...group, parts: [...group.parts, newCondition(asked)] })))
    },
    addGroup(groupId) {
      const parts = first === undefined ? [] : [newCondition(firstQuestion(first))]
      change(changeGroup(draft, groupId, (group) => ({ ...group, parts: [...group.parts, newGroup('or', parts)] })))
    },
    changeGroup: (groupId, changes) => change(changeGroup(draft, groupId, (group) => ({ ...group, ...changes }))),
    ask(conditionId, question) {
      change(
        replacePart(draft, conditionId, ({ id, isNegated }) => {
          return { id, isNegated, ...question }
        }),
      )
    },
    negate: (partId, isNegated) => change(replacePart(draft, partId, (part) => ({ ...part, isNegated }))),
    remove: (partId) => change(replacePart(draft, partId, () => null)),
    clear: () => change(newGroup('and')),
  }
}

/** A draft that was left, unless the filter has become another since. */
function keptDraft(
  kept: DraftGroup | null | undefined,
  value: Filter | null,
  isAsked: (condition: DraftCondition) => boolean,
): DraftGroup | null {
  if (kept == null) return null
  const asked = (draft: DraftGroup, isIn: typeof isAsked) => JSON.stringify(filterOf(draft, isIn))
  return asked(kept, isAsked) === asked(draftOf(value), () => true) ? kept : null
}
