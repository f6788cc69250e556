import type { SeededRandom } from '../../bench/seeded-random.ts'
import type { ModelColumn, ModelRow, ModelState, ModelValue } from './table-model.ts'

export type OnInvalid = 'skip' | 'keep' | 'reject'

/** One row's input: what is given to opslayer, and what the model makes of it. */
export interface ModelInput {
  readonly cells: Readonly<Record<string, unknown>>
  readonly values: ReadonlyMap<ModelColumn, ModelValue>
  /** Inputs that do not fit, by column. */
  readonly bad: ReadonlyMap<ModelColumn, string>
}

export interface PreparedModelRow {
  readonly id: string | null
  readonly values: ReadonlyMap<ModelColumn, ModelValue>
  readonly kept: ReadonlyMap<ModelColumn, string>
}

const words = ['alpha', 'beta', 'gamma', 'delta', 'omega', 'Ünïcode', "o'quote", 'back\\slash'] as const

export function randomValue(column: ModelColumn, random: SeededRandom): ModelValue {
  if (random.below(6) === 0) return null
  if (column.kind === 'number') return random.below(12) - 2
  return column.unique ? `u${random.below(25)}` : random.pick(words)
}

export function randomInput(columns: readonly ModelColumn[], random: SeededRandom, share = 0.5): ModelInput {
  const cells: Record<string, unknown> = {}
  const values = new Map<ModelColumn, ModelValue>()
  const bad = new Map<ModelColumn, string>()
  for (const column of columns) {
    if (random.next() > share) continue
    if (column.kind === 'number' && random.below(10) === 0) {
      const text = `no number ${random.below(3)}`
      bad.set(column, text)
      cells[column.key] = text
      continue
    }
    const value = randomValue(column, random)
    values.set(column, value)
    cells[random.below(4) === 0 ? column.id : column.key] = value
  }
  return { cells, values, bad }
}

/** @returns undefined for a row that is left out */
export function prepared(
  { values, bad }: ModelInput,
  id: string | null,
  onInvalid: OnInvalid,
): PreparedModelRow | undefined {
  if (onInvalid === 'reject' && bad.size > 0) return undefined
  if (onInvalid !== 'keep') return { id, values, kept: new Map() }
  return { id, values: new Map([...values, ...[...bad.keys()].map((column) => [column, null] as const)]), kept: bad }
}

/** Takes out cells, or with `reject` rows, whose unique value another row has. */
export function withoutTaken(
  rows: readonly PreparedModelRow[],
  state: ModelState,
  onInvalid: OnInvalid,
): readonly PreparedModelRow[] {
  const out = new Map<PreparedModelRow, ModelColumn[]>()
  for (const column of state.columns.filter(({ unique }) => unique)) {
    const seen = new Set<ModelValue>()
    for (const row of rows) {
      const value = row.values.get(column) ?? null
      if (value === null) continue
      const taken = state.rows.some((other) => other.id !== row.id && other.cells.get(column.id) === value)
      if (taken || seen.has(value)) out.set(row, [...(out.get(row) ?? []), column])
      else seen.add(value)
    }
  }
  if (onInvalid === 'reject') return rows.filter((row) => !out.has(row))
  return rows.map((row) => {
    const columns = out.get(row) ?? []
    return { ...row, values: new Map([...row.values].filter(([column]) => !columns.includes(column))) }
  })
}

/** The row after a write; the same object if nothing changed. */
export function writtenRow(row: ModelRow, { values, kept }: PreparedModelRow): ModelRow {
  const changed =
    kept.size > 0 ||
    [...values].some(([{ id }, value]) => (row.cells.get(id) ?? null) !== value || row.warnings.has(id))
  if (!changed) return row
  const warnings = new Map(row.warnings)
  for (const { id } of values.keys()) warnings.delete(id)
  for (const [{ id }, original] of kept) warnings.set(id, original)
  const cells = new Map([...row.cells, ...[...values].map(([{ id }, value]) => [id, value] as const)])
  return { ...row, version: row.version + 1, cells, warnings }
}

export function insertedRow(id: string, { values, kept }: PreparedModelRow): ModelRow {
  return {
    id,
    version: 1,
    cells: new Map([...values].map(([column, value]) => [column.id, value])),
    warnings: new Map([...kept].map(([column, original]) => [column.id, original])),
  }
}
