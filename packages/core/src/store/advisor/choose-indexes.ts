import type { TableDefinition } from '../../catalog/table-definition.ts'
import { maxSortKeyBytes } from '../../values/sort-key.ts'
import { type Condition, conditionOf, maxEntryBytes, sortPart, valuePart } from './index-parts.ts'
import { type IndexPart, type IndexPlan, planName } from './index-plan.ts'
import { maxReasons } from './reason-text.ts'
import type { TableFacts } from './table-facts.ts'
import type { Want, WantSource } from './want.ts'

/** An index that is worth having. */
export interface ChosenIndex {
  readonly name: string
  readonly plan: IndexPlan
  readonly weight: number
  readonly wantedAt: Date
  /** The weightiest sources, at most five. */
  readonly reasons: readonly WantSource[]
}

/** Something asked for that no index is made for. */
export interface RefusedWant {
  readonly column: string
  readonly why: string
}

export interface Choice {
  /** Weightiest first. */
  readonly indexes: readonly ChosenIndex[]
  readonly refused: readonly RefusedWant[]
}

/** Conditions that always leave more rows than this are no reason for an index. */
const maxShare = 0.3

/** Which indexes would serve what is asked for, the most useful first. Decides nothing about their number. */
export function chooseIndexes(table: TableDefinition, facts: TableFacts, wants: readonly Want[]): Choice {
  const chosen = new Map<string, ChosenIndex>()
  const refused = new Map<string, RefusedWant>()
  for (const want of [...wants].sort((a, b) => b.weight - a.weight)) {
    for (const plan of plansFor(want, table, facts, refused)) {
      const name = planName(table, plan)
      const known = chosen.get(name)
      chosen.set(name, {
        name,
        plan,
        weight: (known?.weight ?? 0) + want.weight,
        wantedAt: known === undefined || want.at > known.wantedAt ? want.at : known.wantedAt,
        reasons: [...(known?.reasons ?? []), want.source].slice(0, maxReasons),
      })
    }
  }
  const indexes = [...chosen.values()].sort((a, b) => b.weight - a.weight)
  return { indexes: withoutPrefixes(indexes, wants), refused: [...refused.values()] }
}

function plansFor(
  { shape }: Want,
  table: TableDefinition,
  facts: TableFacts,
  refused: Map<string, RefusedWant>,
): readonly IndexPlan[] {
  const plans: IndexPlan[] = []
  const conditions: Condition[] = []
  const sort = shape.sort === null ? null : sortPart(table, shape.sort)
  if (typeof sort === 'string') refused.set(shape.sort ?? '', { column: shape.sort ?? '', why: sort })
  const sorted = sort === null || typeof sort === 'string' ? null : sort
  if (sorted !== null) plans.push(orderPlan([sorted], []))
  for (const condition of shape.filters) {
    const found = conditionOf(table, facts, condition)
    if (found === null) continue
    if ('method' in found) plans.push(found)
    else conditions.push(found)
  }
  for (const condition of shape.either) {
    const found = conditionOf(table, facts, condition)
    if (found === null) continue
    if ('method' in found) plans.push(found)
    else if (found.share <= maxShare) plans.push(orderPlan([found.part], []))
  }
  const incomplete = shape.other || conditions.length < shape.filters.length || shape.either.length > 0
  if (shape.reads.length > 0) {
    const narrow = incomplete ? null : carrying(conditions, shape.reads, table, facts)
    if (narrow !== null) return [...plans, narrow]
  }
  plans.push(...combined(table, conditions, sorted, incomplete, refused))
  return plans
}

/**
 * For groups and summaries, which look at every row: an index that holds all they read, if it is so much narrower than
 * the table that PostgreSQL prefers to go through it (it takes a page of an index to cost four of a table).
 */
function carrying(
  conditions: readonly Condition[],
  reads: readonly string[],
  table: TableDefinition,
  facts: TableFacts,
): IndexPlan | null {
  const read = reads.map((id) => valuePart(table, id))
  if (read.includes(null) || !conditions.every(({ exact }) => exact)) return null
  const equal = conditions.filter(({ use }) => use === 'one').sort((a, b) => a.share - b.share)
  const others = conditions.filter(({ use }) => use !== 'one').sort((a, b) => a.share - b.share)
  const carried = distinctParts(
    [...equal, ...others].map(({ part }) => part).concat(read.flatMap((part) => part ?? [])),
  )
  const leading = Math.max(1, equal.length)
  const bytes = carried.reduce((sum, { name }) => sum + (facts.widths.get(name) ?? 16), entryOverheadBytes)
  if (carried.length > maxCarried || longestEntry(table, carried) > maxEntryBytes || bytes * 4 > facts.rowBytes)
    return null
  return orderPlan(carried.slice(0, leading), carried.slice(leading))
}

/** Columns that one index carries at most. */
const maxCarried = 8

/** An entry's header, its pointer and the row's id. */
const entryOverheadBytes = 20

/** Bytes of cells that an entry may come to. */
function longestEntry(table: TableDefinition, parts: readonly IndexPart[]): number {
  return parts.reduce((sum, { column, name }) => {
    const type = table.columns.find(({ id }) => id === column)?.columnType
    return sum + (name.endsWith('_k') ? maxSortKeyBytes : (type?.maxBytes ?? maxNumberBytes))
  }, 0)
}

/** Numbers of the longest kind; dates and the like take less. */
const maxNumberBytes = 200

/**
 * The index for what a query asks of all rows together: equalities first, then the order or a range, and along with
 * them what else is asked, so that the rows themselves are not looked at before they are known to be wanted.
 */
function combined(
  table: TableDefinition,
  conditions: readonly Condition[],
  sort: IndexPart | null,
  incomplete: boolean,
  refused: Map<string, RefusedWant>,
): readonly IndexPlan[] {
  if (conditions.length === 0) return []
  const equal = conditions.filter(({ use }) => use === 'one').sort((a, b) => a.share - b.share)
  const others = conditions.filter(({ use }) => use !== 'one').sort((a, b) => a.share - b.share)
  const share = conditions.reduce((product, condition) => product * condition.share, 1)
  if (share > maxShare && conditions.every(({ use }) => use !== 'range')) {
    for (const { part } of conditions) {
      refused.set(part.column, { column: part.column, why: 'Each value is in too many rows: an index would not help.' })
    }
    return []
  }
  const [firstOther] = others
  const leading = equal.map(({ part }) => part)
  const next =
    equal.length > 0 && sort !== null ? sort : equal.length === 0 || sort === null ? firstOther?.part : undefined
  const parts = distinctParts(next === undefined ? leading : [...leading, next])
  const covering = !incomplete && conditions.every(({ exact }) => exact) && conditions.length > 1
  const rest = [...others.map(({ part }) => part), ...(sort === null ? [] : [sort])]
  const include = covering ? distinctParts([...parts, ...rest]).slice(parts.length) : []
  if (longestEntry(table, [...parts, ...include]) <= maxEntryBytes) return [orderPlan(parts, include)]
  return parts.slice(0, 1).map((part) => orderPlan([part], []))
}

function orderPlan(parts: readonly IndexPart[], include: readonly IndexPart[]): IndexPlan {
  return { method: 'order', parts, include }
}

function distinctParts(parts: readonly IndexPart[]): IndexPart[] {
  return [...new Map(parts.map((part) => [part.name, part])).values()]
}

/** An index on one column that nobody sorts by is spared where another begins with the column. */
function withoutPrefixes(indexes: readonly ChosenIndex[], wants: readonly Want[]): readonly ChosenIndex[] {
  const sorted = new Set(wants.flatMap(({ shape }) => shape.sort ?? []))
  return indexes.filter((index) => {
    const [only] = index.plan.parts
    if (index.plan.method !== 'order' || only === undefined || index.plan.parts.length > 1) return true
    if (index.plan.include.length > 0 || sorted.has(only.column)) return true
    return !indexes.some((other) => {
      if (other === index || other.plan.method !== 'order' || other.plan.parts[0]?.name !== only.name) return false
      return other.plan.parts.length > 1 || other.plan.include.length > 0
    })
  })
}
