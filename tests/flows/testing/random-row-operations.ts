import type { OrgOps, RowPlace } from '@opslayer/core'
import { expect } from 'vitest'
import type { SeededRandom } from '../../bench/seeded-random.ts'
import {
  insertedRow,
  type OnInvalid,
  prepared,
  randomInput,
  randomValue,
  withoutTaken,
  writtenRow,
} from './model-cells.ts'
import type { ModelColumn, ModelRow, TableModel } from './table-model.ts'

/** What a random operation has at hand. */
export interface Trial {
  readonly acme: OrgOps
  readonly tableId: string
  readonly model: TableModel
  readonly random: SeededRandom
  /** Columns that were deleted by an operation of their own, by id. */
  readonly deletedColumns: Map<string, ModelColumn>
}

/** Does one thing to the table and to the model; says what, for the report of a divergence. */
export type RandomOperation = (trial: Trial) => Promise<string>

const onInvalids: readonly [OnInvalid, ...OnInvalid[]] = ['skip', 'keep', 'reject']

function someRows({ model, random }: Trial, most: number): ModelRow[] {
  const { rows } = model.state
  const chosen = new Set<ModelRow>()
  for (let n = 1 + random.below(most); n > 0 && rows.length > 0; n -= 1) {
    const row = rows[random.below(rows.length)]
    if (row !== undefined) chosen.add(row)
  }
  return [...chosen]
}

/** Enough rows to show what can be shown; more of them only cost time. */
function crowded({ model }: Trial): boolean {
  return model.state.rows.length > 60
}

function byKey({ model }: Trial, key: string): ModelColumn {
  const column = model.state.columns.find((each) => each.key === key)
  if (column === undefined) throw new Error(`no column ${key}`)
  return column
}

/** A place, and the index of the model's list that it means. */
function somePlace(trial: Trial): { place: RowPlace; index: number } {
  const { rows } = trial.model.state
  const [row] = someRows(trial, 1)
  const kind = trial.random.below(4)
  if (kind === 0 || row === undefined) return { place: { at: 'end' }, index: rows.length }
  if (kind === 1) return { place: { at: 'start' }, index: 0 }
  const index = rows.indexOf(row)
  return kind === 2 ? { place: { before: row.id }, index } : { place: { after: row.id }, index: index + 1 }
}

export const insert: RandomOperation = async (trial) => {
  const { acme, tableId, model, random } = trial
  const onInvalid = random.pick(onInvalids)
  const inputs = Array.from({ length: 1 + random.below(4) }, () => randomInput(model.state.columns, random))
  const { place, index } = somePlace(trial)
  const result = await acme.rows.insert(
    tableId,
    inputs.map(({ cells }) => ({ cells })),
    { onInvalid, place },
  )
  const fitting = withoutTaken(
    inputs.flatMap((input) => prepared(input, null, onInvalid) ?? []),
    model.state,
    onInvalid,
  )
  expect(result.rows.length, 'rows inserted').toBe(fitting.length)
  const made = fitting.map((row, at) => insertedRow(result.rows[at]?.id ?? '', row))
  const { rows } = model.state
  if (made.length > 0) model.commit({ ...model.state, rows: [...rows.slice(0, index), ...made, ...rows.slice(index)] })
  return `insert ${made.map(({ id }) => id)} ${JSON.stringify(place)}`
}

export const update: RandomOperation = async (trial) => {
  const { acme, tableId, model, random } = trial
  const onInvalid = random.pick(onInvalids)
  const updates = someRows(trial, 5).map((row) => {
    const expected = random.below(3)
    const version = expected === 0 ? row.version : expected === 1 && random.below(3) === 0 ? row.version + 1 : undefined
    return { row, version, input: randomInput(model.state.columns, random) }
  })
  const [gone] = model.trash.keys()
  const missing = gone !== undefined && random.below(4) === 0 ? [{ id: gone, cells: { num: 1 } }] : []
  const result = await acme.rows.update(
    tableId,
    [...updates.map(({ row, version, input }) => ({ id: row.id, version, cells: input.cells })), ...missing],
    { onInvalid },
  )
  const fitting = withoutTaken(
    updates.flatMap(({ row, input }) => prepared(input, row.id, onInvalid) ?? []),
    model.state,
    onInvalid,
  )
  const written = new Map<string, ModelRow>()
  const outcomes = fitting.map((write) => {
    const asked = updates.find(({ row }) => row.id === write.id)
    if (asked === undefined) throw new Error('no such row')
    const { row, version } = asked
    if (write.values.size > 0 && version !== undefined && version !== row.version)
      return { id: row.id, version: row.version, outcome: 'conflict' }
    const after = writtenRow(row, write)
    if (after !== row) written.set(row.id, after)
    return { id: row.id, version: after.version, outcome: after === row ? 'unchanged' : 'updated' }
  })
  const byId = (a: { id: string }, b: { id: string }): number => Number(a.id) - Number(b.id)
  expect(result.rows.map(({ id, version, outcome }) => ({ id, version, outcome })).sort(byId), 'outcomes').toEqual(
    outcomes.sort(byId),
  )
  expect(result.missing, 'missing').toEqual(missing.map(({ id }) => id))
  commitWritten(trial, written)
  return `update ${[...written.keys()]}`
}

function commitWritten({ model }: Trial, written: ReadonlyMap<string, ModelRow>, made: readonly ModelRow[] = []): void {
  if (written.size + made.length === 0) return
  const rows = [...model.state.rows.map((row) => written.get(row.id) ?? row), ...made]
  model.commit({ ...model.state, rows }, new Set(written.keys()))
}

export const upsert: RandomOperation = async (trial) => {
  const { acme, tableId, model, random } = trial
  const code = byKey(trial, 'code')
  const onInvalid = random.pick(onInvalids)
  const inputs = Array.from({ length: 1 + random.below(4) }, () => randomInput(model.state.columns, random, 0.7))
  const result = await acme.rows.upsert(
    tableId,
    inputs.map(({ cells }) => ({ cells })),
    { match: ['code'], onInvalid },
  )
  const merged = new Map<unknown, NonNullable<ReturnType<typeof prepared>>>()
  for (const input of inputs) {
    const row = prepared(input, null, onInvalid)
    if (row === undefined) continue
    const key = row.values.get(code) ?? row
    const earlier = merged.get(key)
    const kept = [...(earlier?.kept ?? [])].filter(([column]) => !row.values.has(column))
    merged.set(key, {
      id: null,
      values: new Map([...(earlier?.values ?? []), ...row.values]),
      kept: new Map([...kept, ...row.kept]),
    })
  }
  const matched = [...merged.values()].map((row) => {
    const value = row.values.get(code) ?? null
    const same = model.state.rows.filter(({ cells }) => value !== null && cells.get(code.id) === value)
    const oldest = same.toSorted((a, b) => Number(a.id) - Number(b.id))[0]
    return { ...row, id: oldest?.id ?? null }
  })
  const written = new Map<string, ModelRow>()
  for (const write of withoutTaken(
    matched.filter(({ id }) => id !== null),
    model.state,
    onInvalid,
  )) {
    const row = model.state.rows.find(({ id }) => id === write.id)
    const after = row === undefined ? undefined : writtenRow(row, write)
    if (after !== undefined && after !== row) written.set(after.id, after)
  }
  const between = { ...model.state, rows: model.state.rows.map((row) => written.get(row.id) ?? row) }
  const fresh = withoutTaken(
    matched.filter(({ id }) => id === null),
    between,
    onInvalid,
  )
  const inserted = result.rows.filter(({ outcome }) => outcome === 'inserted').map(({ id }) => id)
  expect(inserted.length, 'rows inserted by upsert').toBe(fresh.length)
  expect(
    result.rows
      .filter(({ outcome }) => outcome === 'updated')
      .map(({ id }) => id)
      .sort(),
    'updated',
  ).toEqual([...written.keys()].sort())
  const ids = inserted.toSorted((a, b) => Number(a) - Number(b))
  const made = fresh.map((row, at) => insertedRow(ids[at] ?? '', row))
  commitWritten(trial, written, made)
  return `upsert ${[...written.keys()]} + ${ids}`
}

function filtered(trial: Trial): { filter: { column: string; op: string; value: number }; rows: ModelRow[] } {
  const value = trial.random.below(12) - 2
  const num = byKey(trial, 'num')
  const rows = trial.model.state.rows.filter(({ cells }) => {
    const cell = cells.get(num.id) ?? null
    return typeof cell === 'number' && cell >= value
  })
  return { filter: { column: 'num', op: 'gte', value }, rows }
}

export const updateWhere: RandomOperation = async (trial) => {
  const { acme, tableId, model, random } = trial
  const { filter, rows } = filtered(trial)
  const writable = model.state.columns.filter(({ unique }) => !unique)
  const values = new Map<ModelColumn, string | number | null>()
  for (let n = 1 + random.below(2); n > 0; n -= 1) {
    const column = writable[random.below(writable.length)]
    if (column !== undefined) values.set(column, randomValue(column, random))
  }
  const cells = Object.fromEntries([...values].map(([{ key }, value]) => [key, value]))
  const result = await acme.rows.updateWhere(tableId, filter, cells)
  const written = new Map<string, ModelRow>()
  for (const row of rows) {
    const after = writtenRow(row, { id: row.id, values, kept: new Map() })
    if (after !== row) written.set(row.id, after)
  }
  expect(result.rows, 'rows changed in bulk').toBe(written.size)
  commitWritten(trial, written)
  return `updateWhere ${JSON.stringify(filter)} ${JSON.stringify(cells)}: ${[...written.keys()]}`
}

function commitWithout({ model }: Trial, gone: readonly ModelRow[]): void {
  if (gone.length === 0) return
  model.commit({ ...model.state, rows: model.state.rows.filter((row) => !gone.includes(row)) })
}

export const deleteSome: RandomOperation = async (trial) => {
  const rows = someRows(trial, crowded(trial) ? 20 : 4)
  const result = await trial.acme.rows.delete(
    trial.tableId,
    rows.map(({ id }) => id),
  )
  expect(result.deleted.length, 'rows deleted').toBe(rows.length)
  commitWithout(trial, rows)
  return `delete ${rows.map(({ id }) => id)}`
}

export const deleteWhere: RandomOperation = async (trial) => {
  const { filter, rows } = filtered(trial)
  if (rows.length > 12 && !crowded(trial)) return 'no deleteWhere'
  const result = await trial.acme.rows.deleteWhere(trial.tableId, filter)
  expect(result.rows, 'rows deleted in bulk').toBe(rows.length)
  commitWithout(trial, rows)
  return `deleteWhere ${JSON.stringify(filter)}`
}

export const move: RandomOperation = async (trial) => {
  const { acme, tableId, model } = trial
  const chosen = someRows(trial, 3)
  if (chosen.length === 0) return 'no move'
  const { place, index } = somePlace(trial)
  await acme.rows.move(
    tableId,
    chosen.map(({ id }) => id),
    place,
  )
  const { rows } = model.state
  const others = (part: readonly ModelRow[]): ModelRow[] => part.filter((row) => !chosen.includes(row))
  model.commit({ ...model.state, rows: [...others(rows.slice(0, index)), ...chosen, ...others(rows.slice(index))] })
  return `move ${chosen.map(({ id }) => id)} ${JSON.stringify(place)}`
}

/** Where restored rows go depends on positions, which the model does not have: their places are taken over. */
export const restore: RandomOperation = async (trial) => {
  const { acme, tableId, model, random } = trial
  const wanted = [...model.trash.values()].filter(() => random.below(4) === 0).slice(0, 5)
  const result = await acme.rows.restore(tableId, [...wanted.map(({ row }) => row.id), '999999999'])
  const unique = model.state.columns.filter((column) => column.unique)
  const back: ModelRow[] = []
  for (const { row } of wanted.toSorted((a, b) => a.deletion - b.deletion || Number(a.row.id) - Number(b.row.id))) {
    const taken = unique.some(({ id }) => {
      const value = row.cells.get(id) ?? null
      return value !== null && [...model.state.rows, ...back].some(({ cells }) => cells.get(id) === value)
    })
    if (!taken) back.push(row)
  }
  expect([...result.restored].sort(), 'restored').toEqual(back.map(({ id }) => id).sort())
  expect(result.missing, 'missing').toEqual(['999999999'])
  expect(result.conflicts.length, 'conflicts').toBe(wanted.length - back.length)
  if (back.length === 0) return 'restore nothing'
  const all = new Map([...model.state.rows, ...back].map((row) => [row.id, row]))
  const order = (await acme.rows.window(tableId, { offset: 0, limit: 1_000 })).map(({ id }) => id)
  const returned = new Set(back.map(({ id }) => id))
  expect(
    order.filter((id) => !returned.has(id)),
    'order of the rows that were there',
  ).toEqual(model.state.rows.map(({ id }) => id))
  model.commit({ ...model.state, rows: order.flatMap((id) => all.get(id) ?? []) })
  return `restore ${[...returned]}`
}
