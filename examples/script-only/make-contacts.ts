import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { type SeededRandom, seededRandom } from '@opslayer-examples/seeded-random'
import { companyFirst, companySecond, countries, months, notes, stages, tags, titles } from './contact-words.ts'

const header = [
  'First name',
  'Last name',
  'Title',
  'Company',
  'Domain',
  'Email',
  'Phone',
  'LinkedIn',
  'Country',
  'Stage',
  'Score',
  'ARR',
  'Created',
  'Last touched',
  'Tags',
  'Notes',
] as const

/** Invented contacts, the same in every run: a header, then one record for each, about a fifth of the cells empty. */
export function* makeContacts(count: number, random: SeededRandom = seededRandom(2026)): Generator<readonly string[]> {
  yield header
  for (let number = 1; number <= count; number += 1) yield makeContact(random, number)
}

function makeContact(random: SeededRandom, number: number): string[] {
  const country = random.pick(countries)
  const firstName = random.pick(country.firstNames)
  const lastName = random.pick(country.lastNames)
  const company = `${random.pick(companyFirst)} ${random.pick(companySecond)}`
  const domain = `${asciiOf(company).replaceAll(' ', '-')}.${country.topLevelDomain}`
  const handle = `${asciiOf(firstName)}.${asciiOf(lastName)}`.replace(/^\.|\.$/g, '') || `contact${number}`
  const created = random.whole(0, 900)
  return [
    firstName,
    lastName,
    mostly(random, 0.9, random.pick(titles)),
    mostly(random, 0.95, company),
    mostly(random, 0.85, domain),
    mostly(random, 0.9, dirty(random, `${handle}@${domain}`, ['n/a', `${handle}@`, `${handle} at ${domain}`])),
    mostly(random, 0.65, dirty(random, phoneOf(random, country.phone), ['call me', '0', '555-CALL-NOW'])),
    mostly(random, 0.6, `https://www.linkedin.com/in/${handle.replaceAll('.', '-')}-${number.toString(36)}`),
    mostly(random, 0.97, country.name),
    mostly(random, 0.95, random.pick(stages)),
    mostly(random, 0.8, dirty(random, String(random.whole(0, 100)), ['high', '?', '12 or so'])),
    mostly(random, 0.55, dirty(random, `$${(random.whole(2, 480) * 250).toLocaleString('en-US')}`, ['tbd', '€9,000'])),
    dayOf(created),
    mostly(random, 0.7, dirty(random, dayOf(random.whole(0, created)), ['last week?', '2026-02-30'])),
    mostly(random, 0.5, [...new Set([random.pick(tags), random.pick(tags)])].join(', ')),
    mostly(random, 0.35, noteOf(random)),
  ]
}

/** The value, or nothing in the rest of the cases. */
function mostly(random: SeededRandom, share: number, value: string): string {
  return random.chance(share) ? value : ''
}

/** About one value in 150 is what people type when they do not know. */
function dirty(random: SeededRandom, value: string, wrong: readonly [string, ...string[]]): string {
  return random.chance(1 / 150) ? random.pick(wrong) : value
}

function noteOf(random: SeededRandom): string {
  return random
    .pick(notes)
    .replace('{month}', random.pick(months))
    .replace('{number}', String(random.whole(2, 60)))
    .replace('{person}', random.pick(random.pick(countries).firstNames))
}

function phoneOf(random: SeededRandom, pattern: string): string {
  return pattern.replaceAll('#', () => String(random.whole(0, 9)))
}

/** The day that lies so many days before the day the sample was made. */
function dayOf(daysAgo: number): string {
  return new Date(Date.UTC(2026, 5, 30 - daysAgo)).toISOString().slice(0, 10)
}

function asciiOf(text: string): string {
  const plain = text
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'l')
    .replaceAll('ı', 'i')
    .normalize('NFKD')
  return plain.toLowerCase().replaceAll(/[^a-z0-9 ]/g, '')
}

function* csvLines(records: Iterable<readonly string[]>): Generator<string> {
  for (const record of records) yield `${record.map(quoted).join(',')}\n`
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

// Run as a script, it writes the 5,000 contacts that the demo ships with.
if (import.meta.main) {
  const path = process.argv[2] ?? fileURLToPath(new URL('contacts.csv', import.meta.url))
  await pipeline(csvLines(makeContacts(5_000)), createWriteStream(path))
}
