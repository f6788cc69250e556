import type { ColumnInput } from '@opslayer/core'
import { type SeededRandom, seededRandom } from '../seeded-random.ts'

/** A stored value by column key; null for an empty cell. */
export type Lead = Readonly<Record<string, string | number | boolean | readonly string[] | null>>

const options = (...names: readonly string[]) => ({
  options: names.map((name) => ({ id: optionId(name), name })),
})

const countries = ['Germany', 'France', 'Spain', 'Italy', 'Poland', 'Japan', 'Brazil', 'Canada', 'India', 'Kenya']
const stages = ['New', 'Contacted', 'Qualified', 'Proposal', 'Won', 'Lost']
const tags = ['VIP', 'Partner', 'Newsletter', 'Trial', 'Churn risk', 'Reseller', 'Event', 'Inbound']

/** The 20 columns, of the types that such tables are made of. */
export const leadColumns = [
  { key: 'name', name: 'Name', type: 'text' },
  { key: 'email', name: 'Email', type: 'email' },
  { key: 'company', name: 'Company', type: 'text' },
  { key: 'title', name: 'Title', type: 'text' },
  { key: 'city', name: 'City', type: 'text' },
  { key: 'website', name: 'Website', type: 'url' },
  { key: 'country', name: 'Country', type: 'dropdown', settings: options(...countries) },
  { key: 'segment', name: 'Segment', type: 'dropdown', settings: options('Rare', 'Some', 'Tenth', 'Half', 'Rest') },
  { key: 'stage', name: 'Stage', type: 'status', settings: options(...stages) },
  { key: 'tags', name: 'Tags', type: 'tags', settings: options(...tags) },
  { key: 'score', name: 'Score', type: 'number' },
  { key: 'employees', name: 'Employees', type: 'number' },
  { key: 'visits', name: 'Visits', type: 'number' },
  { key: 'revenue', name: 'Revenue', type: 'currency' },
  { key: 'deal', name: 'Deal', type: 'currency' },
  { key: 'signed', name: 'Signed', type: 'date' },
  { key: 'renewal', name: 'Renewal', type: 'date' },
  { key: 'last_seen', name: 'Last seen', type: 'datetime' },
  { key: 'subscribed', name: 'Subscribed', type: 'checkbox' },
  { key: 'notes', name: 'Notes', type: 'long_text' },
] as const satisfies readonly ColumnInput[]

export const leadKeys: readonly string[] = leadColumns.map(({ key }) => key)

/** Share of the cells that are empty. */
const emptyShare = 0.3

/** Shares of all rows, so that a filter by segment has a known selectivity; the rest is empty. */
const segments = [
  ['rare', 0.001],
  ['some', 0.05],
  ['tenth', 0.1],
  ['half', 0.5],
  ['rest', 0.049],
] as const

const syllables = [
  'an',
  'bel',
  'cor',
  'dra',
  'el',
  'fi',
  'gan',
  'hul',
  'is',
  'jo',
  'kar',
  'lem',
  'mo',
  'nar',
  'os',
  'pi',
]
const titles = ['Head of Sales', 'Account Executive', 'Founder', 'Operations Manager', 'Buyer', 'VP Marketing']
const words = ['asked', 'for', 'a', 'second', 'offer', 'with', 'longer', 'terms', 'after', 'the', 'fair', 'in', 'May']

/** Rows in their stored form, one after the other: the same for the same seed. */
export function* leads(count: number, seed = 1): Generator<Lead> {
  const random = seededRandom(seed)
  for (let place = 0; place < count; place += 1) yield lead(random, place)
}

function lead(random: SeededRandom, place: number): Lead {
  const first = capital(word(random))
  const last = capital(word(random) + word(random))
  const company = capital(word(random)) + word(random)
  const of = <Value>(value: Value): Value | null => (random.next() < emptyShare ? null : value)
  const amount = (limit: number): number => random.below(limit * 100) / 100
  return {
    name: of(`${first} ${last}`),
    email: of(`${first}.${last}${place}@${company}.com`.toLowerCase()),
    company: of(`${company} ${random.below(1000)}`),
    title: of(titles[random.below(titles.length)] ?? null),
    city: of(capital(word(random))),
    website: of(`https://www.${company.toLowerCase()}.com/${random.below(1000)}`),
    country: of(idOf(countries, random)),
    segment: segmentOf(random.next()),
    stage: of(idOf(stages, random)),
    tags: of(tagIds.slice(random.below(4), 5 + random.below(3))),
    score: of(random.below(100_000) / 10),
    employees: of(random.below(5_000)),
    visits: of(random.below(300)),
    revenue: of(amount(1_000_000)),
    deal: of(amount(50_000)),
    signed: of(day(random)),
    renewal: of(day(random)),
    last_seen: of(`${day(random)}T${two(random.below(24))}:${two(random.below(60))}:00.000Z`),
    subscribed: of(random.next() < 0.4),
    notes: of(Array.from({ length: 8 + random.below(20) }, () => words[random.below(words.length)]).join(' ')),
  }
}

const tagIds = tags.map(optionId)

function optionId(name: string): string {
  return name.toLowerCase().replaceAll(' ', '_')
}

function idOf(names: readonly string[], random: SeededRandom): string {
  return optionId(names[random.below(names.length)] ?? '')
}

function segmentOf(share: number): string | null {
  let from = 0
  for (const [id, width] of segments) {
    if (share < from + width) return id
    from += width
  }
  return null
}

function word(random: SeededRandom): string {
  const length = 2 + random.below(2)
  let text = ''
  for (let at = 0; at < length; at += 1) text += syllables[random.below(syllables.length)]
  return text
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

function day(random: SeededRandom): string {
  return `${2020 + random.below(7)}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
