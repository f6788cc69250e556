import type { Storage } from '../values/column-type.ts'
import type { Json } from '../values/json.ts'
import type { Predicate, Scalar } from '../values/predicate.ts'
import { foldCase } from '../values/text-operators.ts'
import { compareStored } from './compare-stored.ts'

/**
 * A predicate asked of one value in TypeScript: what `compilePredicate` says in SQL. Serves the leaves that no operator
 * stands behind (search, group keys); `regex` is not among them and is refused.
 */
export function evaluatePredicate(predicate: Predicate, value: Json, storage: Storage): boolean {
  switch (predicate.kind) {
    case 'always':
      return true
    case 'never':
      return false
    case 'empty':
      return value === null
    case 'not':
      return !evaluatePredicate(predicate.of, value, storage)
    case 'and':
      return predicate.of.every((part) => evaluatePredicate(part, value, storage))
    case 'or':
      return predicate.of.some((part) => evaluatePredicate(part, value, storage))
    default:
      break
  }
  if (value === null) return false
  switch (predicate.kind) {
    case 'compare':
      return scalars(value).some((item) => compares(predicate.op, compareStored(item, predicate.value, storage)))
    case 'in':
      return scalars(value).some((item) => predicate.values.some((other) => compareStored(item, other, storage) === 0))
    case 'text':
      return scalars(value).some((item) => matchesText(predicate.match, String(item), predicate.value))
    case 'text-in':
      return scalars(value).some((item) =>
        predicate.values.some((wanted) => matchesText('equals', String(item), wanted)),
      )
    case 'list': {
      const held = new Set(scalars(value).map(String))
      const all = predicate.values.every((wanted) => held.has(wanted))
      if (predicate.match === 'any') return predicate.values.some((wanted) => held.has(wanted))
      return predicate.match === 'all' ? all : all && [...held].every((item) => predicate.values.includes(item))
    }
    case 'json-contains':
    case 'json-path':
    case 'regex':
      throw new TypeError(`Only an operator's test evaluates ${predicate.kind}`)
    default:
      return predicate satisfies never
  }
}

function scalars(value: Json): readonly Scalar[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => item !== null && typeof item !== 'object')
}

function compares(op: '=' | '<' | '<=' | '>' | '>=', order: number): boolean {
  switch (op) {
    case '=':
      return order === 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
    default:
      return op satisfies never
  }
}

function matchesText(match: 'equals' | 'contains' | 'starts' | 'ends', text: string, wanted: string): boolean {
  const folded = foldCase(text)
  const part = foldCase(wanted)
  switch (match) {
    case 'equals':
      return folded === part
    case 'contains':
      return folded.includes(part)
    case 'starts':
      return folded.startsWith(part)
    case 'ends':
      return folded.endsWith(part)
    default:
      return match satisfies never
  }
}
