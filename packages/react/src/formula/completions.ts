import { type Completion, type CompletionSources, completeFormula } from '@opslayer/core/formula'

/** What is offered at the caret. */
export interface CompletionList {
  /** Where the begun word starts. */
  readonly start: number
  readonly items: readonly Completion[]
  readonly active: number
}

/** What to offer, or null for nothing: not where the word is whole already, unless it was asked for. */
export function completionsAt(
  source: string,
  caret: number,
  sources: CompletionSources,
  isAsked = false,
): CompletionList | null {
  const { start, items } = completeFormula(source, caret, sources)
  const begun = source.slice(start, caret)
  const isWhole = items.length === 1 && items[0]?.insert === begun
  if (begun !== '') return items.length === 0 || (isWhole && !isAsked) ? null : { start, items, active: 0 }
  if (!isAsked) return null
  const all = completeFormula(`${source.slice(0, caret)}@`, caret + 1, sources).items
  return all.length === 0 ? null : { start: caret, items: all, active: 0 }
}

/** Moves the mark, round at both ends. */
export function stepCompletion(list: CompletionList, by: 1 | -1): CompletionList {
  const count = list.items.length
  return { ...list, active: (list.active + by + count) % count }
}

/** The formula with a completion taken over, and where the caret goes. */
export function insertCompletion(
  source: string,
  caret: number,
  { start }: CompletionList,
  { insert, kind }: Completion,
): { readonly source: string; readonly caret: number } {
  const after = source.slice(caret)
  // A bracket that stands there already is the call's.
  const text = kind === 'function' && after.startsWith('(') ? insert.slice(0, -1) : insert
  const moved = start + text.length + (text === insert ? 0 : 1)
  return { source: source.slice(0, start) + text + after, caret: moved }
}
