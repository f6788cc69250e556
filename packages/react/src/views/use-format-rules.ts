import { useEffect, useRef, useState } from 'react'
import type { FormatRule } from '../data/client/views-calls.ts'

export interface FormatRulesOptions {
  readonly value: readonly FormatRule[]
  /** Gets the rules that say when they apply. */
  onChange(rules: readonly FormatRule[]): void
}

/** A rule in the list; one that does not say when it applies yet has no filter. */
export interface ListedRule {
  /** Unique on the page. */
  readonly id: string
  readonly rule: Omit<FormatRule, 'filter'> & { readonly filter: FormatRule['filter'] | null }
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
  return { id: `rule-${made}`, rule }
}

/** Rules of conditional formatting, without looks. An unfinished one stays in the list and out of `onChange`. */
export function useFormatRules({ value, onChange }: FormatRulesOptions): FormatRulesDraft {
  const [rules, setRules] = useState<readonly ListedRule[]>(() => value.map(listed))
  const given = JSON.stringify(value)
  const told = useRef(given)
  // Rules from elsewhere, such as by a reset of the view, take the place of those in the list.
  useEffect(() => {
    if (given === told.current) return
    told.current = given
    setRules((JSON.parse(given) as readonly FormatRule[]).map(listed))
  }, [given])

  const arrange = (next: readonly ListedRule[]) => {
    setRules(next)
    const finished = next.flatMap(({ rule: { filter, target, style } }): FormatRule[] =>
      filter === null ? [] : [{ filter, target, style }],
    )
    told.current = JSON.stringify(finished)
    onChange(finished)
  }
  return {
    rules,
    arrange,
    add: () => arrange([...rules, listed({ filter: null, target: 'row', style: { tint: 'green' } })]),
    edit: (id, changes) =>
      arrange(rules.map((each) => (each.id === id ? { id, rule: { ...each.rule, ...changes } } : each))),
    remove: (id) => arrange(rules.filter((each) => each.id !== id)),
  }
}
