import fc from 'fast-check'
import { type BuiltInColumnTypeId, builtInColumnTypes } from '../built-in-types.ts'
import type { AnyColumnType } from '../column-type.ts'
import type { Json } from '../json.ts'
import { testContext } from './test-context.ts'

const optionSamples = [
  { id: 'a', name: 'Alpha' },
  { id: 'b', name: 'Beta, the second' },
  { id: 'c', name: '"Gamma"' },
  { id: 'd', name: 'délta; 4' },
  { id: 'e', name: '5' },
]

/** Settings of a type with which its cells can hold more than one value. */
export function sampleSettings(id: BuiltInColumnTypeId): unknown {
  const type: AnyColumnType = builtInColumnTypes[id]
  const options = id === 'status' || id === 'dropdown' || id === 'tags' ? { options: optionSamples } : {}
  return type.settings.parse(options)
}

const day = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })
  .map((date) => date.toISOString())
const nearDay = fc
  .date({ min: new Date('2024-01-01T00:00:00Z'), max: new Date('2028-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString())
const amount = fc.oneof(
  fc.integer(),
  fc.integer({ min: -5, max: 5 }),
  fc.double({ noNaN: true, min: -1e15, max: 1e15 }),
  fc
    .tuple(fc.integer({ min: -999, max: 999 }), fc.nat(999))
    .map(([whole, part]) => Number(`${whole}.${String(part).padStart(3, '0')}`)),
)
const words = fc.string({ unit: fc.constantFrom(...'abAB éÉİßΣ😀09.,;-\n\t"\''), maxLength: 12 })
const label = fc.stringMatching(/^[a-z0-9]{1,6}$/)
const domain = fc.tuple(label, fc.constantFrom('com', 'de', 'co.uk', 'io')).map(([name, tld]) => `${name}.${tld}`)
const email = fc.tuple(label, domain).map(([name, host]) => `${name}@${host}`)
const optionName = fc.constantFrom(...optionSamples.map((option) => option.id))

const samples: Readonly<Record<BuiltInColumnTypeId, fc.Arbitrary<unknown>>> = {
  text: words,
  long_text: words,
  number: amount,
  currency: amount,
  percent: amount,
  checkbox: fc.boolean(),
  date: fc.oneof(day, nearDay),
  datetime: fc.oneof(day, nearDay),
  duration: fc.oneof(fc.integer({ min: -100_000, max: 1_000_000 }), fc.double({ noNaN: true, min: -1e9, max: 1e9 })),
  email,
  phone: fc.integer({ min: 2_000_000, max: 9_999_999 }).map((number) => `+1415${number}`),
  url: fc
    .tuple(domain, fc.webPath(), fc.webQueryParameters())
    .map(([host, path, query]) => `https://${host}${path}?${query}`),
  linkedin: fc.tuple(fc.constantFrom('in', 'company'), label).map((parts) => parts.join('/')),
  person: fc.oneof(
    email,
    words,
    fc.tuple(words, email).map(([name, address]) => `${name} <${address}>`),
  ),
  company: domain,
  status: optionName,
  dropdown: optionName,
  tags: fc.array(optionName, { maxLength: 4 }),
  rating: fc.nat(5),
  list: fc.array(words, { maxLength: 4 }),
  json: fc.jsonValue({ maxDepth: 3 }),
}

/** Stored values of a type, wide and near each other alike; never an empty cell. */
export function storedValues(id: BuiltInColumnTypeId): fc.Arbitrary<Json> {
  const type: AnyColumnType = builtInColumnTypes[id]
  const settings: unknown = sampleSettings(id)
  return samples[id]
    .map((input) => type.parse(input, settings, testContext))
    .filter((parsed) => parsed.ok && parsed.value !== null)
    .map((parsed) => (parsed.ok ? parsed.value : null))
}
