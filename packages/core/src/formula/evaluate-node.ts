import { utf8Bytes } from '../values/cell-bounds.ts'
import { isDayNumber, isMoment } from './date-value.ts'
import { largestNumber, longestDuration, smallestNumber } from './float-digits.ts'
import { FormulaError, formulaError } from './formula-error.ts'
import type { AnyNativeFunction, CallFacts, Compiled, Scope } from './formula-function.ts'
import { listBound, textBound } from './result-bounds.ts'
import type { TypedNode } from './typed-formula.ts'
import type { Result, Value } from './value.ts'

/** Thrown when the step budget of an evaluation is used up; caught by the evaluator alone. */
export class StepsUsedUp extends Error {}

/** Turns a node into a function of the row, once; nothing of the tree is looked at again. */
export function compileNode(node: TypedNode): Compiled {
  switch (node.kind) {
    case 'constant': {
      const { value } = node
      return () => value
    }
    case 'column': {
      const { index } = node
      return (scope) => scope.columns[index] ?? null
    }
    case 'local': {
      const { index } = node
      return (scope) => scope.locals[index] ?? null
    }
    case 'call': {
      const args = node.args.map(compileNode)
      return node.definition.kind === 'lazy'
        ? compileLazy(node.definition.evaluate, args, node.facts)
        : compileStrict(node.definition, args, node)
    }
    case 'composed': {
      const args = node.args.map(compileNode)
      const body = compileNode(node.body)
      const { first } = node
      return (scope) => {
        args.forEach((arg, index) => {
          scope.locals[first + index] = arg(scope)
        })
        return body(scope)
      }
    }
    default:
      return node satisfies never
  }
}

function compileLazy(
  evaluate: (args: readonly Compiled[], scope: Scope, facts: CallFacts) => Result,
  args: readonly Compiled[],
  facts: CallFacts,
): Compiled {
  return (scope) => {
    takeStep(scope)
    return evaluate(args, scope, facts)
  }
}

function takeStep(scope: Scope): void {
  scope.steps -= 1
  if (scope.steps < 0) throw new StepsUsedUp()
}

/** What a character or an element costs, where a call costs 1. */
const stepsPerUnit = 1 / 16
const stepsPerDearUnit = 4

function compileStrict(
  definition: AnyNativeFunction,
  args: readonly Compiled[],
  { type, facts }: Extract<TypedNode, { kind: 'call' }>,
): Compiled {
  const evaluate: (args: never, scope: Scope, facts: CallFacts) => Result = definition.evaluate
  const seesBlanks = definition.seesBlanks === true
  const finish = finisher(definition, type)
  const count = args.length
  const unitCost = definition.isDear === true ? stepsPerDearUnit : stepsPerUnit
  return (scope) => {
    takeStep(scope)
    const values = new Array<Value>(count)
    let isBlank = false
    for (let i = 0; i < count; i++) {
      const arg = args[i]
      const value = arg === undefined ? null : arg(scope)
      if (value instanceof FormulaError) return value
      if (value === null) isBlank = true
      else if (typeof value === 'string' || typeof value === 'object') scope.steps -= sizeOf(value) * unitCost
      values[i] = value
    }
    if (isBlank && !seesBlanks) return null
    return finish(evaluate(values as never, scope, facts))
  }
}

function sizeOf(value: string | object): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : 100
}

const tooLarge = formulaError('too-large')
const tooLong = formulaError('too-long')
const dateRange = formulaError('date-range')

/** What happens to every result of a type: numbers and dates are held in bounds, empty text and lists become blank. */
function finisher({ bounded, grows }: AnyNativeFunction, type: string): (result: Result) => Result {
  if (type === 'number' || type === 'duration') {
    const largest = type === 'number' ? largestNumber : longestDuration
    if (bounded === true) return (result) => result
    return (result) => (typeof result === 'number' ? inBounds(result, largest) : result)
  }
  if (type === 'date' || type === 'datetime') {
    const isInside = type === 'date' ? isDayNumber : isMoment
    if (bounded === true) return (result) => result
    return (result) => (typeof result === 'number' && !isInside(result) ? dateRange : result)
  }
  if (type === 'text') {
    return (result) => (result === '' ? null : grows === true && isTooLong(result) ? tooLong : result)
  }
  if (type.startsWith('list<')) {
    return (result) =>
      !Array.isArray(result) ? result : result.length === 0 ? null : result.length > listBound ? tooLong : result
  }
  // An empty list of nothing in particular.
  if (type === 'blank') return (result) => (result instanceof FormulaError ? result : null)
  return (result) => result
}

function inBounds(value: number, largest: number): number | FormulaError {
  const size = Math.abs(value)
  if (size >= smallestNumber && size <= largest) return value
  return size < smallestNumber ? 0 : tooLarge
}

function isTooLong(text: Result): boolean {
  return typeof text === 'string' && text.length * 3 > textBound && utf8Bytes(text) > textBound
}
