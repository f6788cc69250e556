import type { ColumnDefinition, TableDefinition } from '../../catalog/table-definition.ts'
import { sortKeyName, valuesName } from '../physical-names.ts'
import { type IndexPart, type IndexPlan, planName } from './index-plan.ts'
import type { ShapeCondition } from './query-shape.ts'
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

/** Bytes of cells that an index entry may hold; PostgreSQL refuses rows beyond 2,700, so this must never be crossed. */
const maxEntryBytes = 2_000

/** An equality that leaves more rows than this is no reason for an index of its own. */
const maxShare = 0.2

/** What a range is taken to leave, its bounds being unknown. */
const shareOfRange = 0.3

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

interface Condition {
  readonly part: IndexPart
  readonly use: 'one' | 'some' | 'range'
  readonly share: number
  readonly bytes: number
  /** Whether the entry says all that the condition asks, so that the row need not be looked at. */
  readonly exact: boolean
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
  plans.push(...combined(conditions, sorted, shape.other || plans.some(({ method }) => method !== 'order'), refused))
  return plans
}

/**
 * The index for what a query asks of all rows together: equalities first, then the order or a range, and along with
 * them what else is asked, so that the rows themselves are not looked at before they are known to be wanted.
 */
function combined(
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
  const bytes = conditions.reduce((sum, condition) => sum + condition.bytes, sort === null ? 0 : 400)
  return bytes <= maxEntryBytes ? [orderPlan(parts, include)] : leading.slice(0, 1).map((part) => orderPlan([part], []))
}

function orderPlan(parts: readonly IndexPart[], include: readonly IndexPart[]): IndexPlan {
  return { method: 'order', parts, include }
}

function distinctParts(parts: readonly IndexPart[]): IndexPart[] {
  return [...new Map(parts.map((part) => [part.name, part])).values()]
}

function conditionOf(
  table: TableDefinition,
  facts: TableFacts,
  { column: id, use }: ShapeCondition,
): Condition | IndexPlan | null {
  const system = systemPart(id)
  if (system !== null) {
    return use === 'list' || use === 'text' ? null : { part: system, use, share: shareOfRange, bytes: 8, exact: true }
  }
  const column = table.columns.find((candidate) => candidate.id === id)
  if (column === undefined) return null
  const values = { column: id, name: valuesName(column) }
  if (use === 'list') return { method: 'list', parts: [values], include: [] }
  if (use === 'text') return { method: 'text', parts: [values], include: [] }
  const natural = isKeyable(column)
  if (!natural && !holdsWholeCells(column)) return null
  if (natural && use === 'range') return null
  const share = facts.sharePerValue.get(values.name) ?? 0
  return {
    part: natural ? { column: id, name: sortKeyName(column) } : values,
    use,
    share: use === 'range' ? shareOfRange : use === 'some' ? Math.min(1, share * 3) : share,
    bytes: natural ? 200 : (column.columnType.maxBytes ?? 200),
    exact: !natural,
  }
}

/** The part that an index needs to give the order of a column, or why none can. */
function sortPart(table: TableDefinition, id: string): IndexPart | string | null {
  const system = systemPart(id)
  if (system !== null) return system
  const column = table.columns.find((candidate) => candidate.id === id)
  if (column === undefined) return null
  if (isKeyable(column)) return { column: id, name: sortKeyName(column) }
  const { sort, label } = column.columnType
  if (sort === 'value' && holdsWholeCells(column)) return { column: id, name: valuesName(column) }
  return sort === 'option-order'
    ? `${label} is ordered by the place of its options, which change without touching a row.`
    : `${label} may hold texts that are too long for an index.`
}

/** Columns whose order is kept in a sort key. */
export function isKeyable(column: ColumnDefinition): boolean {
  return column.columnType.storage === 'text' && column.columnType.sort === 'natural-text'
}

/** Columns whose every cell fits into an index entry. */
function holdsWholeCells({ columnType }: ColumnDefinition): boolean {
  switch (columnType.storage) {
    case 'numeric':
    case 'boolean':
    case 'date':
    case 'timestamptz':
      return true
    case 'text':
      return (columnType.maxBytes ?? maxEntryBytes) < maxEntryBytes
    case 'text[]':
    case 'jsonb':
      return false
    default:
      return columnType.storage satisfies never
  }
}

function systemPart(id: string): IndexPart | null {
  return id === '_created_at' || id === '_updated_at' || id === '_version' ? { column: id, name: id } : null
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
