import { hash } from 'node:crypto'

/**
 * Remembers a number for each of many texts, by 64 bits of their hash: 16 bytes each, outside of the heap, so that the
 * keys of millions of rows fit. Two texts of ten million share those bits once in 400,000 files.
 */
export interface KeyIndex {
  /** The number of a text; undefined if it has none. */
  get(text: string): number | undefined
  set(text: string, value: number): void
}

export function createKeyIndex(): KeyIndex {
  let slots = 1 << 12
  let used = 0
  let hashes = new BigUint64Array(slots)
  let values = new Float64Array(slots)

  /** Where a hash stands, or would. Zero marks a free slot. */
  function slotOf(key: bigint): number {
    let slot = Number(key & BigInt(slots - 1))
    while (hashes[slot] !== 0n && hashes[slot] !== key) slot = (slot + 1) & (slots - 1)
    return slot
  }

  function grow(): void {
    const [before, numbers] = [hashes, values]
    slots *= 2
    hashes = new BigUint64Array(slots)
    values = new Float64Array(slots)
    for (const [at, key] of before.entries()) {
      if (key === 0n) continue
      const slot = slotOf(key)
      hashes[slot] = key
      values[slot] = numbers[at] ?? 0
    }
  }

  return {
    get: (text) => {
      const slot = slotOf(hashOf(text))
      return hashes[slot] === 0n ? undefined : values[slot]
    },
    set: (text, value) => {
      const key = hashOf(text)
      let slot = slotOf(key)
      if (hashes[slot] === 0n) {
        used += 1
        if (used * 2 > slots) {
          grow()
          slot = slotOf(key)
        }
        hashes[slot] = key
      }
      values[slot] = value
    },
  }
}

function hashOf(text: string): bigint {
  const key = hash('md5', text, 'buffer').readBigUInt64LE()
  return key === 0n ? 1n : key
}
