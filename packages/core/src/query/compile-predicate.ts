import { type RawBuilder, sql } from 'kysely'
import { OpsError } from '../errors/ops-error.ts'
import type { Storage } from '../values/column-type.ts'
import type { Predicate, Scalar } from '../values/predicate.ts'
import { sortKey } from '../values/sort-key.ts'
import { bindValue, bindValues } from './bind-value.ts'
import { foldedStart, likePattern, longTextCondition, loweredText } from './lowered-text.ts'

/** What a predicate is asked of: an SQL expression and how its values are stored. */
export interface PredicateTarget {
  readonly ref: RawBuilder<unknown>
  readonly storage: Storage
  /** The stored sort key of the cell, where it is filled: equal texts have equal keys, and the key is indexed. */
  readonly sortKey?: RawBuilder<unknown> | null
  /** Whether a trigram index on the folded text stands ready. */
  readonly searchIndexed?: boolean
}

type ScalarPredicate = Extract<Predicate, { kind: 'compare' | 'in' | 'text' | 'text-in' | 'regex' }>

/**
 * A predicate in SQL, or its complement if `negated`. NOT is pushed down to the leaves: positive leaves stay in the
 * form that indexes serve, negated ones are two-valued by `is not true`. So a null never meets a NOT, and where a
 * positive leaf gives null for an empty cell, WHERE reads it as false.
 */
export function compilePredicate(predicate: Predicate, target: PredicateTarget, negated: boolean): RawBuilder<boolean> {
  const { ref, storage } = target
  switch (predicate.kind) {
    case 'always':
      return truth(!negated)
    case 'never':
      return truth(negated)
    case 'empty':
      return negated ? sql`${ref} is not null` : sql`${ref} is null`
    case 'not':
      return compilePredicate(predicate.of, target, !negated)
    case 'and':
    case 'or': {
      const parts = predicate.of.map((part) => compilePredicate(part, target, negated))
      return (predicate.kind === 'and') === negated ? anyOf(parts) : allOf(parts)
    }
    case 'list':
      return compileList(predicate, target, negated)
    case 'json-contains':
      requireStorage(storage, 'jsonb', predicate.kind)
      return twoValued(sql`${ref} @> ${JSON.stringify(predicate.value)}::jsonb`, negated)
    case 'json-path': {
      requireStorage(storage, 'jsonb', predicate.kind)
      const path = sql`(${ref} #>> ${[...predicate.path]}::text[])`
      return compilePredicate(predicate.is, { ref: path, storage: 'text' }, negated)
    }
    case 'compare':
    case 'in':
    case 'text':
    case 'text-in':
    case 'regex':
      return compileScalar(predicate, target, negated)
    default:
      return predicate satisfies never
  }
}

/** A conjunction; of nothing, true. */
export function allOf(parts: readonly RawBuilder<boolean>[]): RawBuilder<boolean> {
  const [only = truth(true)] = parts
  return parts.length < 2 ? only : sql`(${sql.join(parts, sql` and `)})`
}

/** A disjunction; of nothing, false. */
export function anyOf(parts: readonly RawBuilder<boolean>[]): RawBuilder<boolean> {
  const [only = truth(false)] = parts
  return parts.length < 2 ? only : sql`(${sql.join(parts, sql` or `)})`
}

export function truth(value: boolean): RawBuilder<boolean> {
  return value ? sql`true` : sql`false`
}

/** The condition, or the complement of the rows for which it is true. */
export function twoValued(condition: RawBuilder<unknown>, negated: boolean): RawBuilder<boolean> {
  return negated ? sql`(${condition}) is not true` : sql`${condition}`
}

function compileScalar(predicate: ScalarPredicate, target: PredicateTarget, negated: boolean): RawBuilder<boolean> {
  const { ref, storage } = target
  switch (storage) {
    case 'text[]': {
      // A list satisfies what one of its values satisfies.
      const one = compileScalar(predicate, { ref: sql.ref('item.value'), storage: 'text' }, false)
      const some = sql`exists (select 1 from unnest(${ref}) as item(value) where ${one})`
      return negated ? sql`not ${some}` : sql`${some}`
    }
    case 'jsonb':
      return compileScalar(predicate, { ref: sql`(${ref} #>> '{}')`, storage: 'text' }, negated)
    default:
      break
  }
  switch (predicate.kind) {
    case 'compare': {
      const value = bindValue(storage, predicate.value)
      if (predicate.op === '=') {
        return negated
          ? sql`${ref} is distinct from ${value}`
          : narrowed(sql`${ref} = ${value}`, target, [predicate.value])
      }
      return twoValued(sql`${ordered(target)} ${comparison[predicate.op]} ${value}`, negated)
    }
    case 'in':
      if (predicate.values.length === 0) return truth(negated)
      return negated
        ? twoValued(sql`${ref} = any(${bindValues(storage, predicate.values)})`, true)
        : narrowed(sql`${ref} = any(${bindValues(storage, predicate.values)})`, target, predicate.values)
    case 'text-in': {
      if (predicate.values.length === 0) return truth(negated)
      const wanted = sql`select ${loweredText(sql.ref('wanted.value'))} from unnest(${bindValues('text', predicate.values)}) as wanted(value)`
      const among = sql<boolean>`${loweredText(textOf(target))} in (${wanted})`
      return negated ? twoValued(among, true) : narrowed(among, target, predicate.values)
    }
    case 'text': {
      const text = loweredText(textOf(target))
      if (predicate.match === 'equals') {
        const equal = sql<boolean>`${text} = ${loweredText(bindValue('text', predicate.value))}`
        return negated ? twoValued(equal, true) : narrowed(equal, target, [predicate.value])
      }
      const pattern = loweredText(bindValue('text', likePattern(predicate.match, predicate.value)))
      const whole = sql<boolean>`${text} like ${pattern}`
      if (negated || target.searchIndexed !== true || predicate.match === 'ends') return twoValued(whole, negated)
      // What the index covers, or one of the few texts that are longer than that.
      return sql`(${foldedStart(ref)} like ${pattern} or (${longTextCondition(ref)} and ${whole}))`
    }
    case 'regex': {
      const operator = predicate.ignoreCase ? sql`~*` : sql`~`
      // Under "C" the flag i knows ASCII letters only, as pattern.ts promises.
      return twoValued(sql`${textOf(target)} collate "C" ${operator} ${bindValue('text', predicate.source)}`, negated)
    }
    default:
      return predicate satisfies never
  }
}

/** Longest text, in UTF-16 units, whose key is that of all texts equal to it: longer ones are cut before folding. */
const wholeKeyLength = 50

/**
 * Says of a condition of equal text that the sort keys are equal too, which an index can find. Texts that are equal
 * without regard to case have the same key.
 */
function narrowed(
  condition: RawBuilder<boolean>,
  { sortKey: key, storage }: PredicateTarget,
  values: readonly Scalar[],
): RawBuilder<boolean> {
  if (key === undefined || key === null || storage !== 'text') return condition
  const texts = values.map(String)
  if (texts.some((text) => text.length > wholeKeyLength)) return condition
  const keys = texts.map(sortKey)
  const [only] = keys
  const sameKey =
    only !== undefined && keys.length === 1
      ? sql`${key} = ${bindValue('text', only)}`
      : sql`${key} = any(${bindValues('text', keys)})`
  return sql`(${sameKey} and ${condition})`
}

const comparison = { '<': sql`<`, '<=': sql`<=`, '>': sql`>`, '>=': sql`>=` } as const

/** Text is ordered by code point whatever the database's collation. */
function ordered(target: PredicateTarget): RawBuilder<unknown> {
  return target.storage === 'text' ? sql`${target.ref} collate "C"` : target.ref
}

function textOf({ ref, storage }: PredicateTarget): RawBuilder<unknown> {
  return storage === 'text' ? ref : sql`(${ref})::text`
}

function compileList(
  predicate: Extract<Predicate, { kind: 'list' }>,
  { ref, storage }: PredicateTarget,
  negated: boolean,
): RawBuilder<boolean> {
  requireStorage(storage, 'text[]', predicate.kind)
  const values = bindValues('text', predicate.values as readonly Scalar[])
  switch (predicate.match) {
    case 'any':
      return twoValued(sql`${ref} && ${values}`, negated)
    case 'all':
      return twoValued(sql`${ref} @> ${values}`, negated)
    case 'exactly':
      return twoValued(sql`(${ref} @> ${values} and ${ref} <@ ${values})`, negated)
    default:
      return predicate.match satisfies never
  }
}

function requireStorage(actual: Storage, needed: Storage, kind: string): void {
  if (actual !== needed) {
    throw new OpsError('INTERNAL', `A filter operator used “${kind}”, which needs ${needed} storage, on ${actual}.`)
  }
}
