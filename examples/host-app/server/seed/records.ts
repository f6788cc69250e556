import type { RowInput } from '@opslayer/core'
import { type SeededRandom, seededRandom } from '@opslayer-examples/seeded-random'
import {
  type Country,
  companyFirst,
  companySecond,
  contactTags,
  countries,
  industries,
  months,
  nextSteps,
  notes,
  owners,
  technologies,
  titles,
  type Words,
} from './words.ts'

/** What contacts and deals know of a company. */
export interface Company {
  readonly name: string
  readonly domain: string
  readonly country: Country
  readonly employees: number
}

/** Invented companies, the same in every run; no two share a domain. */
export function makeCompanies(count: number, seed: number): readonly Company[] {
  const random = seededRandom(seed)
  const taken = new Set<string>()
  const companies: Company[] = []
  while (companies.length < count) {
    const country = random.pickEarly(countries)
    const name = `${random.pick(companyFirst)} ${random.pick(companySecond)}`
    const base = asciiOf(name).replaceAll(' ', '-')
    const plain = `${base}.${country.topLevelDomain}`
    const domain = taken.has(plain) ? `${base}-${companies.length.toString(36)}.${country.topLevelDomain}` : plain
    taken.add(domain)
    companies.push({ name, domain, country, employees: Math.round(4 + random.next() ** 5 * 18_000) })
  }
  return companies
}

export function* companyRows(companies: readonly Company[], seed: number): Generator<RowInput> {
  const random = seededRandom(seed)
  for (const { name, domain, country, employees } of companies) {
    yield {
      cells: {
        company: random.chance(0.01) ? name.toUpperCase() : name,
        domain,
        industry: mostly(random, 0.95, random.pickEarly(industries as Words)),
        region: country.region,
        headquarters: mostly(random, 0.9, `${random.pick(country.cities)}, ${country.name}`),
        // Some have asked a colleague, and some have none: what does not fit stays beside the cell.
        employees: random.chance(0.01) ? random.pick(['about 200', '50-100', '0']) : mostly(random, 0.94, employees),
        revenue: mostly(random, 0.8, Math.round((employees * random.whole(60, 320)) / 5) * 5_000),
        stack: mostly(random, 0.7, several(random, technologies, 4)),
        fit: mostly(random, 0.6, random.whole(1, 5)),
        founded: mostly(random, 0.85, 2026 - Math.floor(random.next() ** 3 * 120) - 1),
        customer: random.chance(0.12),
        owner: mostly(random, 0.7, random.pick(owners)),
        website: mostly(random, 0.9, `https://www.${domain}/`),
        linkedin: mostly(random, 0.7, `linkedin.com/company/${domain.split('.')[0]}`),
        notes: mostly(random, 0.2, noteOf(random)),
      },
    }
  }
}

const lifecycles = ['New', 'Contacted', 'Engaged', 'Unqualified', 'Meeting', 'Customer'] as const

/** @param now today, from which dates are counted back */
export function* contactRows(
  companies: readonly Company[],
  count: number,
  seed: number,
  now: Date,
): Generator<RowInput> {
  const random = seededRandom(seed)
  const departments = Object.keys(titles)
  for (let number = 0; number < count; number += 1) {
    const company = companies[Math.floor(random.next() * companies.length)]
    if (company === undefined) return
    const { country, domain, employees } = company
    const name = `${random.pick(country.firstNames)} ${random.pick(country.lastNames)}`
    const department = departments[Math.floor(random.next() * departments.length)] ?? 'Sales'
    const [seniority, title] = random.pickEarly(titles[department] ?? [['Individual', 'Consultant']])
    const handle = asciiOf(name).replaceAll(' ', '.')
    yield {
      cells: {
        name: random.chance(0.01) ? name.toUpperCase() : random.chance(0.01) ? `  ${name} ` : name,
        email: mostly(
          random,
          0.9,
          random.chance(0.008) ? random.pick(wrongEmails(handle, domain)) : `${handle}@${domain}`,
        ),
        company: domain,
        title: mostly(random, 0.96, title),
        lifecycle: mostly(random, 0.97, random.pickEarly(lifecycles)),
        last_touch: mostly(
          random,
          0.85,
          random.chance(0.004) ? 'last week?' : dayBefore(now, random.next() ** 2 * 420),
        ),
        owner: mostly(random, 0.75, random.pick(owners)),
        seniority,
        department,
        employees: mostly(random, 0.95, employees),
        country: country.name,
        phone: mostly(random, 0.55, random.chance(0.01) ? 'call the desk' : phoneOf(random, country.phone)),
        linkedin: mostly(random, 0.6, `linkedin.com/in/${handle.replaceAll('.', '-')}-${number.toString(36)}`),
        tags: mostly(random, 0.35, several(random, contactTags, 2)),
        subscribed: random.chance(0.4),
        notes: mostly(random, 0.25, noteOf(random)),
      },
    }
  }
}

/** How likely a deal of a stage is to be won. */
const stages: readonly [readonly [string, number], ...(readonly [string, number])[]] = [
  ['Discovery', 0.1],
  ['Evaluation', 0.25],
  ['Proposal', 0.5],
  ['Negotiation', 0.75],
  ['Won', 1],
  ['Lost', 0],
]

export function* dealRows(companies: readonly Company[], count: number, seed: number, now: Date): Generator<RowInput> {
  const random = seededRandom(seed)
  for (let number = 0; number < count; number += 1) {
    const company = companies[Math.floor(random.next() * companies.length)]
    if (company === undefined) return
    const [stage, probability] = random.pickEarly(stages)
    const isOver = probability === 0 || probability === 1
    const firstName = random.pick(company.country.firstNames)
    yield {
      cells: {
        deal: `${company.name} — ${random.pick(['Platform', 'Expansion', 'Pilot', 'Renewal', 'Team plan'])}`,
        company: company.domain,
        stage,
        amount: Math.round((4 + random.next() ** 2 * 240) * Math.log10(company.employees + 10)) * 500,
        probability,
        close_date: dayBefore(now, isOver ? random.whole(1, 300) : random.whole(-150, 20)),
        owner: random.pick(owners),
        contact: mostly(random, 0.9, `${asciiOf(firstName)}@${company.domain}`),
        next_step: isOver ? null : mostly(random, 0.8, random.pick(nextSteps)),
        last_call: mostly(random, 0.7, random.whole(3, 75) * 60),
        created: new Date(now.getTime() - random.whole(2, 400) * dayMs - random.whole(0, dayMs)).toISOString(),
        notes: mostly(random, 0.4, noteOf(random)),
      },
    }
  }
}

const dayMs = 86_400_000

function dayBefore(now: Date, days: number): string {
  return new Date(now.getTime() - days * dayMs).toISOString().slice(0, 10)
}

/** What people type when they do not know. */
function wrongEmails(handle: string, domain: string): Words {
  return ['n/a', `${handle}@`, `${handle} at ${domain}`]
}

/** The value, or nothing in the rest of the cases. */
function mostly<Value>(random: SeededRandom, share: number, value: Value): Value | null {
  return random.chance(share) ? value : null
}

function several(random: SeededRandom, names: Words, most: number): readonly string[] {
  return [...new Set(Array.from({ length: random.whole(1, most) }, () => random.pick(names)))]
}

function noteOf(random: SeededRandom): string {
  return random
    .pick(notes)
    .replace('{month}', random.pick(months))
    .replace('{number}', String(random.whole(2, 60)))
}

function phoneOf(random: SeededRandom, pattern: string): string {
  return pattern.replaceAll('#', () => String(random.whole(0, 9)))
}

/** Letters without marks, as handles and domains have them. */
function asciiOf(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll('ß', 'ss')
    .replaceAll(/[^\w .-]/g, '')
    .toLowerCase()
}
