import { expect } from 'vitest'
import {
  deleteSome,
  deleteWhere,
  insert,
  move,
  type RandomOperation,
  restore,
  type Trial,
  update,
  updateWhere,
  upsert,
} from './random-row-operations.ts'
import type { ModelColumn } from './table-model.ts'

/** Columns that every state has; others come and go. */
const lasting = new Set(['code', 'num', 'uq'])

function passing({ model, random }: Trial): ModelColumn | undefined {
  const columns = model.state.columns.filter(({ key }) => !lasting.has(key))
  return columns[random.below(Math.max(1, columns.length))]
}

let names = 0

const createColumn: RandomOperation = async ({ acme, tableId, model, random }) => {
  const { columns } = model.state
  if (columns.length > 8) return 'enough columns'
  const kind = random.pick(['text', 'number'] as const)
  const place = random.below(columns.length + 1)
  names += 1
  const made = await acme.columns.create(tableId, { name: `Column ${names}`, type: kind }, { place })
  const column = { id: made.id, key: made.key, name: made.name, kind, unique: false }
  model.commit({ ...model.state, columns: [...columns.slice(0, place), column, ...columns.slice(place)] })
  return `create column ${made.key} at ${place}`
}

const renameColumn: RandomOperation = async (trial) => {
  const column = passing(trial)
  if (column === undefined) return 'no column to rename'
  const { acme, tableId, model } = trial
  names += 1
  const renamed = { ...column, name: `Column ${names}`, key: `key_${names}` }
  await acme.columns.update(tableId, column.id, { name: renamed.name, key: renamed.key })
  model.commit({ ...model.state, columns: model.state.columns.map((each) => (each === column ? renamed : each)) })
  return `rename column ${column.key} to ${renamed.key}`
}

const moveColumn: RandomOperation = async ({ acme, tableId, model, random }) => {
  const { columns } = model.state
  const column = columns[random.below(columns.length)]
  if (column === undefined) return 'no column to move'
  const place = random.below(columns.length)
  await acme.columns.move(tableId, column.id, place)
  const others = columns.filter((each) => each !== column)
  model.commit({ ...model.state, columns: [...others.slice(0, place), column, ...others.slice(place)] })
  return `move column ${column.key} to ${place}`
}

const deleteColumn: RandomOperation = async (trial) => {
  const column = passing(trial)
  if (column === undefined) return 'no column to delete'
  const { acme, tableId, model } = trial
  await acme.columns.delete(tableId, column.id)
  trial.deletedColumns.set(column.id, column)
  model.commit({ ...model.state, columns: model.state.columns.filter((each) => each !== column) })
  return `delete column ${column.key}`
}

/** The place where a column returns is taken over; the others must keep theirs. */
const restoreColumn: RandomOperation = async ({ acme, tableId, model, deletedColumns }) => {
  const { columns } = model.state
  const column = [...deletedColumns.values()].find(({ id }) => !columns.some((live) => live.id === id))
  if (column === undefined) return 'no column to restore'
  const restored = await acme.columns.restore(tableId, column.id)
  deletedColumns.delete(column.id)
  const back = { ...column, key: restored.key, name: restored.name }
  const order = (await acme.tables.get(tableId)).columns.map(({ id }) => id)
  expect(
    order.filter((id) => id !== column.id),
    'order of the other columns',
  ).toEqual(columns.map(({ id }) => id))
  const all = new Map([...columns, back].map((each) => [each.id, each]))
  model.commit({ ...model.state, columns: order.flatMap((id) => all.get(id) ?? []) })
  return `restore column ${back.key}`
}

async function revert(trial: Trial, role: 'undo' | 'redo'): Promise<string> {
  const { acme, model } = trial
  const possible = role === 'undo' ? model.canUndo : model.canRedo
  if (!possible) {
    expect((await acme.undoState())[role], `nothing to ${role}`).toBeNull()
    await expect(acme[role]()).rejects.toMatchObject({ code: 'UNDO_UNAVAILABLE' })
    return `no ${role}`
  }
  const result = await acme[role]()
  expect(result.conflicts, `conflicts of ${role}`).toEqual([])
  model[role]()
  return `${role} of ${result.kind}, ${result.rows} rows`
}

const undo: RandomOperation = (trial) => revert(trial, 'undo')
const redo: RandomOperation = (trial) => revert(trial, 'redo')

/** Several in a row reach operations that are not the last. */
const undoSeveral: RandomOperation = async (trial) => {
  const done: string[] = []
  for (let n = 2 + trial.random.below(6); n > 0; n -= 1) done.push(await undo(trial))
  for (let n = trial.random.below(8); n > 0; n -= 1) done.push(await redo(trial))
  return done.join('; ')
}

const choices: readonly (readonly [number, RandomOperation])[] = [
  [16, insert],
  [18, update],
  [8, upsert],
  [8, updateWhere],
  [6, deleteSome],
  [2, deleteWhere],
  [8, move],
  [6, restore],
  [3, createColumn],
  [3, renameColumn],
  [2, moveColumn],
  [3, deleteColumn],
  [3, restoreColumn],
  [8, undo],
  [6, redo],
  [6, undoSeveral],
]

const total = choices.reduce((sum, [weight]) => sum + weight, 0)

export async function randomOperation(trial: Trial): Promise<string> {
  let at = trial.random.below(total)
  for (const [weight, operation] of choices) {
    at -= weight
    if (at < 0) return await operation(trial)
  }
  return 'nothing'
}
