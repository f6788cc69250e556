import { comparableSql, comparisonOf } from '../compare-values.ts'
import { firstError } from '../error-fragment.ts'
import { FormulaError } from '../formula-error.ts'
import {
  type Compiled,
  defineLazyFunction,
  type FormulaFunction,
  type FragmentPair,
  optional,
  parameter,
} from '../formula-function.ts'
import { bareSlot, code, type Fragment, list, raw, sqlTypeOf } from '../fragment.ts'
import type { Result } from '../value.ts'

const group = 'logic'

/** A branch: what counts where its condition is the first that holds. */
interface Branch {
  readonly condition: Fragment
  readonly gives: FragmentPair
}

/**
 * SQL of the first branch whose condition holds. The error of a condition counts only if none before it held, which
 * is why errors of conditions are branches of their own.
 */
function choose(
  conditions: readonly (FragmentPair & { readonly gives: FragmentPair })[],
  otherwise: FragmentPair | undefined,
  type: string,
): FragmentPair {
  const branches = conditions.map(({ value, gives }): Branch => ({ condition: value, gives }))
  const value = code`case ${list(
    branches.map(({ condition, gives }) => code`when ${condition} then ${gives.value}`),
    ' ',
  )} else ${otherwise?.value ?? raw(`null::${type}`)} end`
  const hasErrors = conditions.some(({ error, gives }) => error !== null || gives.error !== null)
  if (!hasErrors && (otherwise?.error ?? null) === null) return { value, error: null }
  const [first, ...others] = [
    ...conditions.flatMap(({ error, gives }) => [error, gives.error]),
    otherwise?.error ?? null,
  ]
  // What the first condition ends in decides, whatever the rest would say of the same.
  if (first !== undefined && first !== null && others.every((error) => error === null || isSame(error, first))) {
    return { value, error: first }
  }
  const failures = conditions.flatMap(({ value, error, gives }) => [
    ...(error === null ? [] : [code`when ${error} is not null then ${error}`]),
    code`when ${value} then ${gives.error ?? raw('null::int')}`,
  ])
  return { value, error: code`case ${list(failures, ' ')} else ${otherwise?.error ?? raw('null::int')} end` }
}

function isSame(a: Fragment, b: Fragment): boolean {
  const slot = bareSlot(a)
  return slot !== null && slot === bareSlot(b)
}

const blank: Compiled = () => null

/** Pairs of condition and value from a list of arguments, and the value left over. */
function pairs<Item>(args: readonly Item[]): {
  readonly pairs: readonly (readonly [Item, Item])[]
  readonly over: Item | undefined
} {
  const found: (readonly [Item, Item])[] = []
  for (let i = 0; i + 1 < args.length; i += 2) {
    const [condition, value] = [args[i], args[i + 1]]
    if (condition !== undefined && value !== undefined) found.push([condition, value])
  }
  return { pairs: found, over: args.length % 2 === 1 ? args.at(-1) : undefined }
}

const ifFunction = defineLazyFunction({
  name: 'IF',
  group,
  summary:
    'The second value if the condition holds, else the third, or blank if there is none. Also written IF condition THEN value ELSE other.',
  parameters: [parameter('condition', 'boolean'), parameter('value', 'T'), optional('other', 'T')],
  result: 'T',
  sql: ([condition, value, other], { T }) =>
    condition === undefined || value === undefined
      ? nothing(T)
      : choose([{ ...condition, gives: value }], other, sqlTypeOf(T)),
  evaluate: ([condition = blank, value = blank, other = blank], scope) => {
    const held = condition(scope)
    if (held instanceof FormulaError) return held
    return held === true ? value(scope) : other(scope)
  },
  examples: [
    { formula: 'IF(2 > 1, "yes", "no")', result: 'yes' },
    { formula: 'IF 2 < 1 THEN "yes" ELSE "no"', result: 'no' },
    { formula: 'IF(FALSE, 1 / 0, 7)', result: 7 },
    { formula: 'IF(FALSE, 1)', result: null },
    { formula: 'IF(TRUE, 5, "none")', result: '5' },
  ],
})

function nothing(type: Parameters<typeof sqlTypeOf>[0]): FragmentPair {
  return { value: raw(`null::${sqlTypeOf(type)}`), error: null }
}

const ifs = defineLazyFunction({
  name: 'IFS',
  group,
  summary: 'The value behind the first condition that holds; a single value at the end stands for “else”.',
  parameters: [parameter('condition', 'boolean'), parameter('value', 'T')],
  rest: [parameter('condition', 'boolean'), parameter('value', 'T')],
  last: parameter('other', 'T'),
  result: 'T',
  sql: (args, { T }) => {
    const { pairs: branches, over } = pairs(args)
    return choose(
      branches.map(([condition, gives]) => ({ ...condition, gives })),
      over,
      sqlTypeOf(T),
    )
  },
  evaluate: (args, scope) => {
    const { pairs: branches, over = blank } = pairs(args)
    for (const [condition, value] of branches) {
      const held = condition(scope)
      if (held instanceof FormulaError) return held
      if (held === true) return value(scope)
    }
    return over(scope)
  },
  examples: [
    { formula: 'IFS(1 > 2, "a", 2 > 1, "b")', result: 'b' },
    { formula: 'IFS(1 > 2, "a", "z")', result: 'z' },
  ],
})

const switchFunction = defineLazyFunction({
  name: 'SWITCH',
  group,
  summary: 'The result behind the first case that equals the value; a single value at the end stands for “else”.',
  parameters: [parameter('value', 'S'), parameter('case', 'S'), parameter('result', 'T')],
  rest: [parameter('case', 'S'), parameter('result', 'T')],
  last: parameter('other', 'T'),
  result: 'T',
  allows: ['text', 'number', 'boolean', 'date', 'datetime', 'duration'],
  sql: ([value, ...rest], { S, T }) => {
    if (value === undefined) return nothing(T)
    const { pairs: branches, over } = pairs(rest)
    const chosen = choose(
      branches.map(([candidate, gives]) => ({
        value: code`${comparableSql(value.value, S)} is not distinct from ${comparableSql(candidate.value, S)}`,
        error: candidate.error,
        gives,
      })),
      over,
      sqlTypeOf(T),
    )
    return { value: chosen.value, error: firstError([value.error, chosen.error]) }
  },
  evaluate: ([value = blank, ...rest], scope, { S }) => {
    const wanted = value(scope)
    if (wanted instanceof FormulaError) return wanted
    const compare = comparisonOf(S)
    const { pairs: branches, over = blank } = pairs(rest)
    for (const [candidate, result] of branches) {
      const found = candidate(scope)
      if (found instanceof FormulaError) return found
      const equal = wanted === null || found === null ? wanted === found : compare(wanted, found) === 0
      if (equal) return result(scope)
    }
    return over(scope)
  },
  examples: [
    { formula: 'SWITCH("b", "a", 1, "b", 2)', result: 2 },
    { formula: 'SWITCH("x", "a", 1, 0)', result: 0 },
  ],
})

const ifError = defineLazyFunction({
  name: 'IFERROR',
  group,
  summary: 'The value, or the other one if it is an error.',
  parameters: [parameter('value', 'T'), optional('other', 'T')],
  result: 'T',
  sql: ([value, other], { T }) => {
    if (value === undefined) return nothing(T)
    if (value.error === null) return value
    return {
      value: code`case when ${value.error} is null then ${value.value} else ${other?.value ?? raw(`null::${sqlTypeOf(T)}`)} end`,
      error:
        (other?.error ?? null) === null
          ? null
          : code`case when ${value.error} is not null then ${other?.error ?? raw('null::int')} end`,
    }
  },
  evaluate: ([value = blank, other = blank], scope): Result => {
    const result = value(scope)
    return result instanceof FormulaError ? other(scope) : result
  },
  examples: [
    { formula: 'IFERROR(1 / 0, "n/a")', result: 'n/a' },
    { formula: 'IFERROR(1 / 0)', result: null },
  ],
})

const coalesce = defineLazyFunction({
  name: 'COALESCE',
  group,
  summary: 'The first value that is not blank.',
  aliases: ['IFBLANK'],
  parameters: [parameter('value', 'T')],
  rest: [parameter('value', 'T')],
  result: 'T',
  sql: (args) => {
    const value = code`coalesce(${list(args.map((arg) => arg.value))})`
    if (args.every(({ error }) => error === null)) return { value, error: null }
    const failures = args.flatMap(({ value, error }) => [
      ...(error === null ? [] : [code`when ${error} is not null then ${error}`]),
      code`when ${value} is not null then null::int`,
    ])
    return { value, error: code`case ${list(failures, ' ')} end` }
  },
  evaluate: (args, scope) => {
    for (const arg of args) {
      const value = arg(scope)
      if (value !== null) return value
    }
    return null
  },
  examples: [
    { formula: 'COALESCE("", BLANK(), "c")', result: 'c' },
    { formula: 'COALESCE(1, 1 / 0)', result: 1 },
  ],
})

const choice = defineLazyFunction({
  name: 'CHOOSE',
  group,
  summary: 'The value at a place, counted from 1; blank if there is none.',
  parameters: [parameter('place', 'number'), parameter('first', 'T')],
  rest: [parameter('next', 'T')],
  result: 'T',
  sql: ([place, ...values], { T }) => {
    if (place === undefined) return nothing(T)
    const chosen = choose(
      values.map((gives, index) => ({ value: code`trunc(${place.value}) = ${index + 1}`, error: null, gives })),
      undefined,
      sqlTypeOf(T),
    )
    return { value: chosen.value, error: firstError([place.error, chosen.error]) }
  },
  evaluate: ([place = blank, ...values], scope) => {
    const at = place(scope)
    if (at instanceof FormulaError || typeof at !== 'number') return at instanceof FormulaError ? at : null
    return (values[Math.trunc(at) - 1] ?? blank)(scope)
  },
  examples: [
    { formula: 'CHOOSE(2, "a", "b", "c")', result: 'b' },
    { formula: 'CHOOSE(4, "a", "b", "c")', result: null },
  ],
})

export const choiceFunctions: readonly FormulaFunction[] = [ifFunction, ifs, switchFunction, choice, ifError, coalesce]
