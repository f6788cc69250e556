import { type CellState, cellStates } from '../cell-state.ts'
import type { Filter } from '../filter.ts'
import type { FuzzTable } from './fuzz-table.ts'
import type { Random } from './random.ts'

const searches = ['a', 'AD', 'won', '42', '2026-11-20', 'ö', '%', 'x y z', '1.5', '🙂', 'ß'] as const
const stateNames = Object.keys(cellStates) as CellState[]

/** A random tree that fits the table. */
export function randomFilter(fuzz: FuzzTable, random: Random, depth = 4): Filter {
  const kind = random.next()
  if (depth > 1 && kind < 0.2) return { and: several(fuzz, random, depth) }
  if (depth > 1 && kind < 0.4) return { or: several(fuzz, random, depth) }
  if (depth > 1 && kind < 0.55) return { not: randomFilter(fuzz, random, depth - 1) }
  const column = random.pick(fuzz.table.columns)
  if (kind < 0.6) {
    const searched = random.chance(0.5) ? undefined : [column.key, random.pick(fuzz.table.columns).key]
    return { search: random.pick(searches), ...(searched === undefined ? {} : { columns: searched }) }
  }
  if (kind < 0.67) {
    const code = random.chance(0.3) ? { code: random.pick(['rate_limited', 'not_found', 'other']) } : {}
    if (column.state === null) return { column: column.key, state: 'warning', ...code }
    return {
      column: column.key,
      state: random.chance(0.5) ? random.pick(stateNames) : [random.pick(stateNames), random.pick(stateNames)],
      ...code,
    }
  }
  const operands = [...(fuzz.operands.get(column.key) ?? [])].filter(([, valid]) => valid.length > 0)
  const [op, valid] = random.pick(operands)
  return { column: column.key, op, value: random.pick([...valid, valid[0]]) }
}

/** Seldom none at all, which says the same of every row. */
function several(fuzz: FuzzTable, random: Random, depth: number): readonly Filter[] {
  const length = random.chance(0.1) ? 0 : 1 + random.below(3)
  return Array.from({ length }, () => randomFilter(fuzz, random, depth - 1))
}
