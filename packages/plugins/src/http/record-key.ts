import type { Json } from '@opslayer/core/plugin'

/**
 * What a record is recognised by when it comes again: its `id`, or else all that it says. A checksum of 104 bits
 * (two of cyrb53), because keys are short and records are not.
 */
export function recordKey(record: Readonly<Record<string, Json>>): string {
  const { id } = record
  if ((typeof id === 'string' && id !== '') || typeof id === 'number') return String(id).slice(0, 200)
  const text = JSON.stringify(ordered(record))
  return `sum ${checksum(text, 1)}${checksum(text, 2)}`
}

/** Equal records have one text, in whatever order their fields came. */
function ordered(json: Json): Json {
  if (Array.isArray(json)) return json.map(ordered)
  if (typeof json !== 'object' || json === null) return json
  const entries = Object.entries(json).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([name, value]) => [name, ordered(value as Json)]))
}

function checksum(text: string, seed: number): string {
  let a = 0xdeadbeef ^ seed
  let b = 0x41c6ce57 ^ seed
  for (let place = 0; place < text.length; place += 1) {
    const unit = text.charCodeAt(place)
    a = Math.imul(a ^ unit, 2_654_435_761)
    b = Math.imul(b ^ unit, 1_597_334_677)
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909)
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909)
  return (4_294_967_296 * (2_097_151 & b) + (a >>> 0)).toString(36)
}
