import * as z from 'zod'
import type { CheckedFilter, CheckedNode } from '../../query/checked-filter.ts'
import type { QueryColumn } from '../../query/query-table.ts'
import type { CheckedSort } from '../../query/sort.ts'
import type { Predicate } from '../../values/predicate.ts'

/**
 * How a condition could use an index on its column: `one` value, `some` values, a `range`, a piece of `text`, an item of
 * a `list`.
 */
const use = z.enum(['one', 'some', 'range', 'text', 'list'])
const condition = z.strictObject({ column: z.string(), use })

export type IndexUse = z.infer<typeof use>
export type ShapeCondition = Readonly<z.infer<typeof condition>>

/** What a query asks of a table, without its values: what two calls of one view have in common. */
export const queryShapeSchema = z.strictObject({
  /** Conditions that all rows satisfy. Columns by id. */
  filters: z.array(condition).readonly(),
  /** Conditions of which rows satisfy at least one. */
  either: z.array(condition).readonly(),
  /** Whether the filter asks for more than `filters` and `either` say. */
  other: z.boolean(),
  /** The first sort, by its column's id; null for the users' own order, and where there is no order. */
  sort: z.string().nullable(),
  /** Columns whose values are read of every row: for groups and summaries. */
  reads: z.array(z.string()).readonly().default([]),
})

export type QueryShape = Readonly<z.infer<typeof queryShapeSchema>>

/** Conditions that are looked at; a filter with more has no index of its own. */
const maxConditions = 12

/** Columns of an `or` that are worth an index each. A search through all columns of a wide table is not. */
const maxEither = 4

/** A read of more columns goes through the table. */
const maxReads = 8

/** A pattern without three letters in a row is no use to a trigram index. */
const minTextLength = 3

export function queryShape(
  filter: CheckedFilter,
  { sort, reads = [] }: { readonly sort?: CheckedSort; readonly reads?: readonly string[] } = {},
): QueryShape {
  const found = { filters: [] as ShapeCondition[], either: [] as ShapeCondition[], other: false }
  for (const node of conjuncts(filter.root)) {
    const leaf = conditionOf(node)
    const leaves = leaf === null ? alternatives(node) : null
    if (leaf !== null && found.filters.length < maxConditions) found.filters.push(leaf)
    else if (leaves !== null && found.either.length === 0) found.either.push(...leaves)
    else found.other = true
  }
  const [first] = sort?.terms ?? []
  return {
    filters: merged(found.filters),
    either: found.either,
    other: found.other,
    sort: first === undefined || first.locale !== null ? null : first.column.id,
    reads: reads.length > maxReads ? [] : [...new Set(reads)],
  }
}

/** Whether an index could serve the query at all. */
export function isWorthNoting(shape: QueryShape): boolean {
  return shape.filters.length > 0 || shape.either.length > 0 || shape.sort !== null || shape.reads.length > 0
}

function conjuncts(node: CheckedNode): readonly CheckedNode[] {
  if (node.kind === 'and') return node.of.flatMap(conjuncts)
  if (node.kind === 'formula')
    return [...(node.condition.implied === null ? [] : conjuncts(node.condition.implied)), node]
  return [node]
}

/** The conditions of an `or` in which each could use an index. */
function alternatives(node: CheckedNode): readonly ShapeCondition[] | null {
  if (node.kind !== 'or' || node.of.length === 0 || node.of.length > maxEither) return null
  const leaves = node.of.flatMap((part) => conditionOf(part) ?? [])
  return leaves.length === node.of.length ? leaves : null
}

function conditionOf(node: CheckedNode): ShapeCondition | null {
  switch (node.kind) {
    case 'cell':
    case 'predicate': {
      const found = useOf(node.predicate, node.column)
      return found === null ? null : { column: node.column.id, use: found }
    }
    case 'group':
      return node.level.by === 'value' && node.key !== null && node.level.column.type.maxBytes !== undefined
        ? { column: node.level.column.id, use: 'one' }
        : null
    case 'and':
    case 'or':
    case 'not':
    case 'state':
    case 'formula':
      return null
    default:
      return node satisfies never
  }
}

function useOf(predicate: Predicate, column: QueryColumn): IndexUse | null {
  const { storage } = column.type
  if (storage === 'jsonb') return null
  switch (predicate.kind) {
    case 'list':
      return 'list'
    case 'compare':
      if (storage === 'text[]') return null
      return predicate.op === '=' ? 'one' : storage === 'text' ? null : 'range'
    case 'in':
      return storage === 'text[]' ? null : predicate.values.length === 1 ? 'one' : 'some'
    case 'text-in':
      return storage === 'text' ? 'some' : null
    case 'text':
      if (storage !== 'text') return null
      if (predicate.match === 'equals') return 'one'
      return predicate.match !== 'ends' && predicate.value.length >= minTextLength ? 'text' : null
    case 'and':
      return predicate.of.every((part) => part.kind === 'compare' && part.op !== '=') && storage !== 'text'
        ? 'range'
        : null
    case 'always':
    case 'never':
    case 'empty':
    case 'regex':
    case 'json-contains':
    case 'json-path':
    case 'or':
    case 'not':
      return null
    default:
      return predicate satisfies never
  }
}

/** Two bounds of one column are one range. */
function merged(filters: readonly ShapeCondition[]): readonly ShapeCondition[] {
  const unique = new Map(filters.map((each) => [`${each.column} ${each.use}`, each]))
  return [...unique.values()].sort((a, b) => (a.column < b.column ? -1 : a.column > b.column ? 1 : 0))
}
