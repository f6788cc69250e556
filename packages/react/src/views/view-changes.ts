import type { UnsavedView } from '../data/client/rows-calls.ts'
import type { ViewDefinition } from '../data/client/views-calls.ts'

/** What was changed of a view and not saved: members as they are now. */
export type ViewChanges = Partial<ViewDefinition>

/** What decides which rows there are, their order and their looks; the rest only the grid needs to know. */
const readMembers = ['filter', 'sorts', 'groupBy', 'formats'] as const

/** Adds to changes; what is as it is stored is no change. */
export function withChanges(stored: ViewDefinition, before: ViewChanges, more: ViewChanges): ViewChanges {
  const all = { ...before, ...more }
  const entries = Object.entries(all) as [keyof ViewDefinition, unknown][]
  return Object.fromEntries(entries.filter(([member, value]) => !isSame(value, stored[member])))
}

export function definitionWith(stored: ViewDefinition, changes: ViewChanges): ViewDefinition {
  return { ...stored, ...changes }
}

/** How reads name the view: by its id while nothing that they depend on was changed. */
export function readView(viewId: string, changes: ViewChanges): string | UnsavedView {
  const asked = Object.fromEntries(readMembers.flatMap((name) => (name in changes ? [[name, changes[name]]] : [])))
  return Object.keys(asked).length === 0 ? viewId : { of: viewId, ...asked }
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
