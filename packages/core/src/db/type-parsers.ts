/** PostgreSQL's type oids that need a parser; see pg_type. */
const oid = {
  bool: 16,
  int2: 21,
  int4: 23,
  oid: 26,
  json: 114,
  float4: 700,
  float8: 701,
  textArray: 1009,
  int8Array: 1016,
  timestamptz: 1184,
  jsonb: 3802,
} as const

/** `2026-11-20 10:00:00.123456+00` (session time zone UTC) as ISO 8601 with milliseconds. */
function isoInstant(text: string): string {
  const [date, time] = [text.slice(0, 10), text.slice(11, 19)]
  if (text[19] !== '.') return `${date}T${time}.000Z`
  const zone = text.indexOf('+', 20)
  const milliseconds = zone >= 23 ? text.slice(20, 23) : text.slice(20, zone).padEnd(3, '0')
  return `${date}T${time}.${milliseconds}Z`
}

/** Elements of a one-dimensional array literal: `{a,"b c",NULL}`. */
function parseTextArray(text: string): (string | null)[] {
  const elements: (string | null)[] = []
  let at = 1
  while (at < text.length - 1) {
    let element = ''
    if (text[at] === '"') {
      at += 1
      while (text[at] !== '"') {
        if (text[at] === '\\') at += 1
        element += text[at]
        at += 1
      }
      at += 2
      elements.push(element)
      continue
    }
    const comma = text.indexOf(',', at)
    const end = comma === -1 ? text.length - 1 : comma
    element = text.slice(at, end)
    elements.push(element === 'NULL' ? null : element)
    at = end + 1
  }
  return elements
}

const asIs = (text: string): string => text
const parsers = new Map<number, (text: string) => unknown>([
  [oid.bool, (text) => text === 't'],
  [oid.int2, Number],
  [oid.int4, Number],
  [oid.oid, Number],
  [oid.float4, Number],
  [oid.float8, Number],
  [oid.json, (text) => JSON.parse(text)],
  [oid.jsonb, (text) => JSON.parse(text)],
  [oid.textArray, parseTextArray],
  [oid.int8Array, parseTextArray],
  [oid.timestamptz, isoInstant],
])

/**
 * How opslayer reads results, whatever parsers the host has registered with `pg`: `int8`, `numeric` and `date` arrive
 * as exact text, `timestamptz` as ISO 8601.
 */
export const typeParsers = {
  getTypeParser: (typeOid: number): ((text: string) => unknown) => parsers.get(typeOid) ?? asIs,
}
