import { createRef, type RefObject, useEffect, useRef, useState } from 'react'
import type { FormatRule } from '../data/client/views-calls.ts'
import type { DraftGroup } from '../filters/filter-draft.ts'

export interface FormatRulesOptions {
  readonly value: readonly FormatRule[]
  /** Outlives the list, such as one in a popover, and keeps what is unfinished in it. @default nothing does */
  readonly kept?: RefObject<readonly ListedRule[] | null> | undefined
  /** Gets the rules that say when they apply. */
  onChange(rules: readonly FormatRule[]): void
}

/** A rule in the list; one that does not say when it applies yet has no filter. */
export interface ListedRule {
  /** Unique on the page. */
  readonly id: string
  readonly rule: Omit<FormatRule, 'filter'> & { readonly filter: FormatRule['filter'] | null }
  /** Keeps what is unfinished in its filter. */
  readonly draft: RefObject<DraftGroup | null>
}

/** The rules by which rows and cells are coloured, and everything that can be done to them. */
export interface FormatRulesDraft {
  readonly rules: readonly ListedRule[]
  /** Adds one that colours rows green, once it says when. */
  add(): void
  edit(id: string, changes: Partial<ListedRule['rule']>): void
  remove(id: string): void
  /** Puts them into another order: of the rules for one target the first that matches decides. */
  arrange(rules: readonly ListedRule[]): void
}

let made = 0
const listed = (rule: ListedRule['rule']): ListedRule => {
  made += 1
  return { id: `rule-${made}`, rule, draft: createRef() }
}

/** Rules of conditional formatting, without looks. An unfinished one stays in the list and out of `onChange`. */
export function useFormatRules({ value, kept, onChange }: FormatRulesOptions): FormatRulesDraft {
  const [rules, setRules] = useState<readonly ListedRule[]>(() => {
    const left = kept?.current
    return left != null && JSON.stringify(finished(left)) === JSON.stringify(value) ? left : value.map(listed)
  })
  const given = JSON.stringify(value)
  const toldRules = useRef(given)
  // Rules from elsewhere, such as by a reset of the view, take the place of those in the list.
  useEffect(() => {
    if (given === toldRules.current) return
    toldRules.current = given
    setRules((JSON.parse(given) as readonly FormatRule[]).map(listed))
  }, [given])

  useEffect(() => {
    if (kept !== undefined) kept.current = rules
  }, [kept, rules])

  const arrange = (next: readonly ListedRule[]) => {
    setRules(next)
    const told = finished(next)
    toldRules.current = JSON.stringify(told)
    onChange(told)
  }
  return {
    rules,
    arrange,
    add: () => arrange([...rules, listed({ filter: null, target: 'row', style: { tint: 'green' } })]),
    edit: (id, changes) =>
      arrange(rules.map((each) => (each.id === id ? { ...each, rule: { ...each.rule, ...changes } } : each))),
    remove: (id) => arrange(rules.filter((each) => each.id !== id)),
  }
}

function finished(rules: readonly ListedRule[]): readonly FormatRule[] {
  return rules.flatMap(({ rule: { filter, target, style } }): FormatRule[] =>
    filter === null ? [] : [{ filter, target, style }],
  )
}
