/** Random choices that are the same in every run. */
export interface SeededRandom {
  /** A number from 0 up to, not including, 1. */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number
  pick<Item>(items: readonly [Item, ...Item[]]): Item
  /** The earlier the likelier, as sizes and stages are spread in life. */
  pickEarly<Item>(items: readonly [Item, ...Item[]]): Item
  /** True in this share of the calls. */
  chance(share: number): boolean
}

/** mulberry32: 32 bits of state, good enough for sample data. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed | 0
  function next(): number {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
    pickEarly: (items) => items[Math.floor(next() ** 2 * items.length)] ?? items[0],
    chance: (share) => next() < share,
  }
}
