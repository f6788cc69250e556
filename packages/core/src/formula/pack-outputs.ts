import { cellFragment, code, type Fragment, isCell, isSlot, list, raw, slotFragment, slotMentions } from './fragment.ts'

/** A value that is wanted at the end, and its SQL type. */
export interface Output {
  readonly fragment: Fragment
  readonly type: string
}

/** Computed columns of one level of nesting, by slot. */
export interface LevelColumn {
  readonly name: string
  readonly slot: number | null
  readonly fragment: Fragment
}

const packSize = 8
/** Fewer levels than this are not worth a pack. */
const fewestLevels = 12

/**
 * Puts finished results of a long chain into arrays of eight, so that the levels above hand on one column for them.
 * A chain of 40 formulas has 80 results; handing each through every level took more time than computing them.
 */
export function packOutputs(
  levels: readonly (readonly LevelColumn[])[],
  outputs: readonly Output[],
): { readonly levels: readonly (readonly LevelColumn[])[]; readonly outputs: readonly Fragment[] } {
  if (levels.length < fewestLevels) return { levels, outputs: outputs.map(({ fragment }) => fragment) }
  const packed = levels.map((columns) => [...columns])
  const unpacked = new Map<number, Fragment>()
  const waiting = new Map<string, number[]>()
  const types = outputTypes(outputs)
  let packs = 0
  for (const [level, finished] of finishedByLevel(levels, types).entries()) {
    for (const slot of finished) {
      const type = types.get(slot) ?? ''
      const pending = [...(waiting.get(type) ?? []), slot]
      const columns = packed[level]
      if (pending.length < packSize || columns === undefined) {
        waiting.set(type, pending)
        continue
      }
      waiting.set(type, [])
      const name = `xp${packs++}`
      columns.push({ name, slot: null, fragment: code`array[${list(pending.map(slotFragment))}]::${raw(type)}[]` })
      pending.forEach((each, place) => {
        unpacked.set(each, code`(${cellFragment(name)})[${raw(String(place + 1))}]`)
      })
    }
  }
  return {
    levels: packed,
    outputs: outputs.map(({ fragment }) => unpacked.get(onlySlot(fragment) ?? -1) ?? fragment),
  }
}

/** The slot that a fragment is, if it is nothing else. */
function onlySlot({ parts }: Fragment): number | null {
  const [slot, other] = parts.filter(isSlot)
  const isBare = parts.every((part) => isSlot(part) || (typeof part === 'string' && /^[()]*$/.test(part)))
  return isBare && !parts.some(isCell) && other === undefined ? (slot?.slot ?? null) : null
}

function outputTypes(outputs: readonly Output[]): ReadonlyMap<number, string> {
  const types = new Map<number, string>()
  for (const { fragment, type } of outputs) {
    const slot = onlySlot(fragment)
    // Arrays of arrays are another thing in SQL.
    if (slot !== null && !type.endsWith('[]')) types.set(slot, type)
  }
  return types
}

/** For each level, the outputs that no later level reads, and that lie below it. */
function finishedByLevel(
  levels: readonly (readonly LevelColumn[])[],
  types: ReadonlyMap<number, string>,
): readonly (readonly number[])[] {
  const lastRead = new Map<number, number>()
  levels.forEach((columns, level) => {
    for (const { slot, fragment } of columns) {
      if (slot !== null) lastRead.set(slot, level + 1)
      for (const read of slotMentions(fragment)) lastRead.set(read, Math.max(level, lastRead.get(read) ?? 0))
    }
  })
  const finished: number[][] = levels.map(() => [])
  for (const slot of types.keys()) finished[lastRead.get(slot) ?? 0]?.push(slot)
  return finished
}
