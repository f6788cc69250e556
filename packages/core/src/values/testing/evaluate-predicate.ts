import { compareCodePoints } from '../code-points.ts'
import type { Json } from '../json.ts'
import { jsonContains } from '../json-containment.ts'
import { jsonPathText } from '../json-text.ts'
import { parsePattern } from '../pattern.ts'
import { patternMatcher } from '../pattern-match.ts'
import type { Predicate, Scalar } from '../predicate.ts'

/**
 * What a predicate says of a stored cell, read off its definition as plainly as possible. Slow; for tests that hold
 * operators and SQL against it.
 */
export function evaluatePredicate(predicate: Predicate, cell: Json): boolean {
  switch (predicate.kind) {
    case 'always':
      return true
    case 'never':
      return false
    case 'empty':
      return cell === null
    case 'compare':
      return isScalar(cell) && comparisons[predicate.op](compareScalars(cell, predicate.value))
    case 'in':
      return predicate.values.some((value) => value === cell)
    case 'text':
      return typeof cell === 'string' && textMatches(predicate.match, cell.toLowerCase(), predicate.value.toLowerCase())
    case 'text-in':
      return typeof cell === 'string' && predicate.values.some((value) => value.toLowerCase() === cell.toLowerCase())
    case 'regex':
      return typeof cell === 'string' && regexMatches(predicate.source, predicate.ignoreCase, cell)
    case 'list':
      return Array.isArray(cell) && listMatches(predicate.match, cell, predicate.values)
    case 'json-contains':
      return cell !== null && jsonContains(cell, predicate.value)
    case 'json-path':
      return cell !== null && evaluatePredicate(predicate.is, jsonPathText(cell, predicate.path))
    case 'and':
      return predicate.of.every((part) => evaluatePredicate(part, cell))
    case 'or':
      return predicate.of.some((part) => evaluatePredicate(part, cell))
    case 'not':
      return !evaluatePredicate(predicate.of, cell)
  }
}

function isScalar(cell: Json): cell is Scalar {
  return cell !== null && typeof cell !== 'object'
}

function compareScalars(a: Scalar, b: Scalar): number {
  if (typeof a === 'string' && typeof b === 'string') return compareCodePoints(a, b)
  if (typeof a !== typeof b) throw new TypeError(`a ${typeof a} is compared with a ${typeof b}`)
  return Number(a) - Number(b)
}

const comparisons = {
  '=': (order: number) => order === 0,
  '<': (order: number) => order < 0,
  '<=': (order: number) => order <= 0,
  '>': (order: number) => order > 0,
  '>=': (order: number) => order >= 0,
} as const

function textMatches(match: 'equals' | 'contains' | 'starts' | 'ends', text: string, part: string): boolean {
  switch (match) {
    case 'equals':
      return text === part
    case 'contains':
      return text.includes(part)
    case 'starts':
      return text.startsWith(part)
    case 'ends':
      return text.endsWith(part)
  }
}

/** What `pattern-print.ts` prints is a pattern of ours with the same meaning. */
function regexMatches(source: string, ignoreCase: boolean, text: string): boolean {
  const parsed = parsePattern(source, ignoreCase)
  if (!parsed.ok) throw new TypeError(`${source}: ${parsed.message}`)
  return patternMatcher(parsed.pattern).test(text)
}

function listMatches(match: 'any' | 'all' | 'exactly', cell: readonly Json[], values: readonly string[]): boolean {
  switch (match) {
    case 'any':
      return values.some((value) => cell.includes(value))
    case 'all':
      return values.every((value) => cell.includes(value))
    case 'exactly':
      return (
        values.every((value) => cell.includes(value)) && cell.every((item) => values.some((value) => value === item))
      )
  }
}
