import type { Json } from '@opslayer/core/values'
import type { CellState, Filter } from '../data/client/views-calls.ts'

/** A filter while people build it: a tree whose parts have names, and whose conditions may be unfinished. */
export interface DraftGroup {
  readonly kind: 'group'
  readonly id: string
  readonly join: 'and' | 'or'
  /** Rows that do not satisfy it. */
  readonly isNegated: boolean
  readonly parts: readonly DraftPart[]
}

export type DraftPart = DraftGroup | DraftCondition

export type DraftCondition = {
  readonly id: string
  readonly isNegated: boolean
} & DraftQuestion

/** What a condition asks. */
export type DraftQuestion =
  | { readonly kind: 'cell'; readonly column: string; readonly op: string; readonly value: Json | undefined }
  | {
      readonly kind: 'state'
      readonly column: string
      readonly states: readonly CellState[]
      readonly code: string | readonly string[] | undefined
    }
  | { readonly kind: 'search'; readonly text: string; readonly columns: readonly string[] | undefined }
  | {
      readonly kind: 'formula'
      readonly formula: string
      /** What stands in its field, where that is not asked: it is not checked yet, or has faults. */
      readonly typed?: string
    }

let made = 0

/** A name for a part, unique on the page. */
function newPartId(): string {
  made += 1
  return `part-${made}`
}

export function newCondition(question: DraftQuestion): DraftCondition {
  return { id: newPartId(), isNegated: false, ...question }
}

export function newGroup(join: 'and' | 'or', parts: readonly DraftPart[] = []): DraftGroup {
  return { kind: 'group', id: newPartId(), join, isNegated: false, parts }
}

/** A filter as a draft; its outermost part is always a group. */
export function draftOf(filter: Filter | null): DraftGroup {
  if (filter === null) return newGroup('and')
  const part = partOf(filter)
  return part.kind === 'group' ? part : newGroup('and', [part])
}

function partOf(filter: Filter): DraftPart {
  if ('and' in filter) return newGroup('and', filter.and.map(partOf))
  if ('or' in filter) return newGroup('or', filter.or.map(partOf))
  if ('not' in filter) {
    const part = partOf(filter.not)
    // Twice not is two groups, as it stands in the filter.
    return part.isNegated ? { ...newGroup('and', [part]), isNegated: true } : { ...part, isNegated: true }
  }
  if ('search' in filter) return newCondition({ kind: 'search', text: filter.search, columns: filter.columns })
  if ('formula' in filter) return newCondition({ kind: 'formula', formula: filter.formula })
  if ('state' in filter) {
    const states = typeof filter.state === 'string' ? [filter.state] : filter.state
    return newCondition({ kind: 'state', column: filter.column, states, code: filter.code })
  }
  return newCondition({ kind: 'cell', column: filter.column, op: filter.op, value: filter.value })
}

/**
 * The filter of a draft, without what is unfinished; null for every row.
 *
 * @param isFinished says of a condition whether it asks something yet
 */
export function filterOf(draft: DraftGroup, isFinished: (condition: DraftCondition) => boolean): Filter | null {
  const filter = groupFilter(draft, isFinished)
  if (filter === null || !('and' in filter)) return filter
  const [only, ...others] = filter.and
  return only === undefined ? null : others.length === 0 ? only : filter
}

function groupFilter(group: DraftGroup, isFinished: (condition: DraftCondition) => boolean): Filter | null {
  const parts = group.parts.flatMap((part): Filter[] => {
    if (part.kind === 'group') return [groupFilter(part, isFinished)].filter((filter) => filter !== null)
    return isFinished(part) ? [negated(part, conditionFilter(part))] : []
  })
  if (parts.length === 0) return null
  return negated(group, group.join === 'and' ? { and: parts } : { or: parts })
}

function negated({ isNegated }: DraftPart, filter: Filter): Filter {
  return isNegated ? { not: filter } : filter
}

function conditionFilter(part: DraftCondition): Filter {
  switch (part.kind) {
    case 'cell':
      return { column: part.column, op: part.op, ...(part.value !== undefined && { value: part.value }) }
    case 'state':
      return { column: part.column, state: part.states, ...(part.code !== undefined && { code: part.code }) }
    case 'search':
      return { search: part.text, ...(part.columns !== undefined && { columns: part.columns }) }
    case 'formula':
      return { formula: part.formula }
    default:
      return part satisfies never
  }
}

/** Changes one part, wherever it stands; null takes it out. Groups that come to be empty go too, but for the outermost. */
export function replacePart(
  group: DraftGroup,
  partId: string,
  change: (part: DraftPart) => DraftPart | null,
): DraftGroup {
  const parts = group.parts.flatMap((part): DraftPart[] => {
    const next = part.id === partId ? change(part) : part.kind === 'group' ? replacePart(part, partId, change) : part
    if (next === null) return []
    const isEmptied = next.kind === 'group' && next.parts.length === 0 && part.kind === 'group' && part.parts.length > 0
    return isEmptied ? [] : [next]
  })
  return { ...group, parts }
}

/** Changes a group, which may be the outermost. */
export function changeGroup(draft: DraftGroup, groupId: string, change: (group: DraftGroup) => DraftGroup): DraftGroup {
  if (draft.id === groupId) return change(draft)
  return replacePart(draft, groupId, (part) => (part.kind === 'group' ? change(part) : part))
}

export function conditionsOf(group: DraftGroup): readonly DraftCondition[] {
  return group.parts.flatMap((part) => (part.kind === 'group' ? conditionsOf(part) : [part]))
}

/**
 * The part that the server means by the place of a fault: `['and', 1, 'not', 'value']`, counted in the filter that was
 * sent, in which unfinished conditions have no place.
 */
export function partAt(
  draft: DraftGroup,
  path: readonly (string | number)[],
  isFinished: (condition: DraftCondition) => boolean,
): DraftPart {
  const places = path.filter((step) => typeof step === 'number')
  const whole = groupFilter(draft, isFinished)
  const isOnlyOne = whole !== null && 'and' in whole && whole.and.length === 1
  let at: DraftPart = draft
  // A lone condition is sent without the group around it.
  for (const place of isOnlyOne ? [0, ...places] : places) {
    if (at.kind !== 'group') return at
    const sent: readonly DraftPart[] = at.parts.filter((part) =>
      part.kind === 'group' ? groupFilter(part, isFinished) !== null : isFinished(part),
    )
    const next: DraftPart | undefined = sent[place]
    if (next === undefined) return at
    at = next
  }
  return at
}
