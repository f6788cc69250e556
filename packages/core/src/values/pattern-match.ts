import { type CodePointSet, holdsCodePoint } from './code-point-set.ts'
import type { Pattern, PatternNode } from './pattern.ts'

type State =
  | { readonly kind: 'set'; readonly set: CodePointSet; next: number }
  | { readonly kind: 'fork'; readonly next: number[] }
  | { readonly kind: 'start'; next: number }
  | { readonly kind: 'end'; next: number }
  | { readonly kind: 'match' }

/** Where a pattern matched, in UTF-16 units of the text. */
export interface PatternMatch {
  readonly start: number
  readonly end: number
}

/** A pattern ready to run. */
export interface PatternMatcher {
  readonly test: (text: string) => boolean
  /**
   * The leftmost match, and of those the longest, as PostgreSQL finds it.
   *
   * @param from where to begin, in UTF-16 units; `^` still stands for the start of the text. @default 0
   */
  readonly find: (text: string, from?: number) => PatternMatch | null
}

/**
 * Makes a matcher that follows all possibilities at once (Thompson's construction), so its time grows with the length
 * of the text times the size of the pattern, whatever the two are.
 */
export function patternMatcher(pattern: Pattern): PatternMatcher {
  const states: State[] = [{ kind: 'match' }]
  const first = build(pattern.root, 0, states)
  return {
    test: (text) => run(states, first, text, true, 0) !== null,
    find: (text, from = 0) => run(states, first, text, false, from),
  }
}

/** Adds the states of a node that continue at `next`; gives the state to begin at. */
function build(node: PatternNode, next: number, states: State[]): number {
  const add = (state: State) => states.push(state) - 1
  switch (node.kind) {
    case 'set':
      return add({ kind: 'set', set: node.set, next })
    case 'start':
    case 'end':
      return add({ kind: node.kind, next })
    case 'sequence':
      return node.of.reduceRight((after, part) => build(part, after, states), next)
    case 'choice':
      return add({ kind: 'fork', next: node.of.map((branch) => build(branch, next, states)) })
    case 'group':
      return build(node.of, next, states)
    case 'repeat': {
      let after = next
      if (node.max === null) {
        const loop: number[] = [next]
        after = add({ kind: 'fork', next: loop })
        loop.unshift(build(node.of, after, states))
      } else {
        for (let extra = node.min; extra < node.max; extra++) {
          after = add({ kind: 'fork', next: [build(node.of, after, states), next] })
        }
      }
      for (let times = 0; times < node.min; times++) after = build(node.of, after, states)
      return after
    }
  }
}

/** States to be in at one place of the text, each with the earliest place its match began, in ascending order. */
interface Threads {
  readonly states: number[]
  readonly starts: number[]
}

function run(
  states: readonly State[],
  first: number,
  text: string,
  anyMatch: boolean,
  from: number,
): PatternMatch | null {
  const seen = new Int32Array(states.length).fill(-1)
  let best: PatternMatch | null = null
  let now: Threads = { states: [], starts: [] }

  const enter = (into: Threads, state: number, start: number, at: number) => {
    const pending = [state]
    for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
      if (seen[index] === at) continue
      seen[index] = at
      const entered = states[index]
      switch (entered?.kind) {
        case 'set':
          into.states.push(index)
          into.starts.push(start)
          break
        case 'fork':
          pending.push(...entered.next)
          break
        case 'start':
          if (at === 0) pending.push(entered.next)
          break
        case 'end':
          if (at === text.length) pending.push(entered.next)
          break
        case 'match':
          if (best === null || start <= best.start) best = { start, end: at }
      }
    }
  }
  const found = () => best as PatternMatch | null

  for (let at = from; ; ) {
    if (found() === null) enter(now, first, at, at)
    const match = found()
    if (match !== null && (anyMatch || now.states.length === 0)) return match
    const codePoint = text.codePointAt(at)
    if (codePoint === undefined) return match
    const after = at + (codePoint > 0xffff ? 2 : 1)
    const next: Threads = { states: [], starts: [] }
    for (let i = 0; i < now.states.length; i++) {
      const state = states[now.states[i] ?? 0]
      const start = now.starts[i] ?? 0
      if (found() !== null && start > (found()?.start ?? 0)) break
      if (state?.kind === 'set' && holdsCodePoint(state.set, codePoint)) enter(next, state.next, start, after)
    }
    now = next
    at = after
  }
}
