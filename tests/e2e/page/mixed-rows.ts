import { type BuiltInColumnTypeId, builtInColumnTypes, type Json } from '@opslayer/core/values'
import type { GridColumn, GridRow } from '@opslayer/react/grid'

const options = (names: readonly (readonly [string, string])[]) => ({
  options: names.map(([name, color]) => ({ id: name.toLowerCase().replace(/\W+/g, '_'), name, color })),
})
const stages = {
  options: [
    { id: 'new', name: 'New', color: 'gray', group: 'open' },
    { id: 'qualified', name: 'Qualified', color: 'blue', group: 'active' },
    { id: 'proposal', name: 'Proposal', color: 'violet', group: 'active' },
    { id: 'won', name: 'Won', color: 'green', group: 'done' },
    { id: 'lost', name: 'Lost', color: 'red', group: 'lost' },
  ],
}
const industries = options([
  ['Software', 'indigo'],
  ['Healthcare', 'teal'],
  ['Finance', 'green'],
  ['Retail', 'orange'],
  ['Logistics', 'amber'],
])
const labels = options([
  ['Hot', 'red'],
  ['Partner', 'blue'],
  ['Champion', 'green'],
  ['Churn risk', 'amber'],
  ['VIP', 'purple'],
])

const definitions: readonly (readonly [name: string, type: BuiltInColumnTypeId, width: number, settings?: object])[] = [
  ['Name', 'text', 200],
  ['Company', 'company', 170],
  ['Email', 'email', 230],
  ['Stage', 'status', 130, stages],
  ['Amount', 'currency', 120, { code: 'USD' }],
  ['Owner', 'person', 170],
  ['Labels', 'tags', 200, labels],
  ['Industry', 'dropdown', 130, industries],
  ['Close date', 'date', 120],
  ['Probability', 'percent', 110],
  ['Rating', 'rating', 120],
  ['Active', 'checkbox', 80],
  ['Phone', 'phone', 160],
  ['Website', 'url', 200],
  ['LinkedIn', 'linkedin', 220],
  ['Employees', 'number', 110],
  ['Notes', 'long_text', 260],
  ['Last seen', 'datetime', 180],
  ['Call time', 'duration', 110],
  ['Payload', 'json', 220],
]

/** The columns of the test table: each built-in type once, then texts and numbers up to `count`. */
export function mixedColumns(count = 30): readonly GridColumn[] {
  const more = Array.from({ length: Math.max(0, count - definitions.length) }, (_, i) => {
    const [type, width] = i % 2 === 0 ? (['number', 120] as const) : (['text', 160] as const)
    return [`Field ${i + 1}`, type, width] as const
  })
  return [...definitions, ...more].slice(0, count).map(([name, typeId, width, settings = {}], i): GridColumn => {
    const type = builtInColumnTypes[typeId]
    return {
      id: `col_${i}`,
      key: name.toLowerCase().replace(/\W+/g, '_'),
      name,
      type,
      settings: type.settings.parse(settings),
      width,
      pinned: i === 0 ? 'start' : null,
    }
  })
}

const firstNames =
  'Ada Grace Alan Edsger Barbara Donald Margaret Linus Radia Ken Frances John Hedy Tim Katherine'.split(' ')
const lastNames =
  'Lovelace Hopper Turing Dijkstra Liskov Knuth Hamilton Torvalds Perlman Thompson Allen Backus Lamarr'.split(' ')
const companies = 'northwind acme globex initech umbrella hooli stark wayne wonka tyrell cyberdyne soylent'.split(' ')

/** A row whose content follows from its number alone. */
export function mixedRow(n: number, columns: readonly GridColumn[]): GridRow {
  const pick = <Item>(items: readonly Item[], factor: number): Item => items[(n * factor) % items.length] as Item
  const first = pick(firstNames, 7)
  const last = pick(lastNames, 5)
  const company = pick(companies, 11)
  const known: Record<string, Json> = {
    name: `${first} ${last}`,
    company: `${company}.com`,
    email: `${first}.${last}${n % 97}@${company}.com`.toLowerCase(),
    stage: pick(stages.options, 3).id,
    amount: ((n * 7919) % 250_000) + (n % 4) / 4,
    owner: `${pick(firstNames, 3)} ${pick(lastNames, 9)} <${pick(firstNames, 3).toLowerCase()}@ours.com>`,
    labels:
      n % 3 === 0
        ? null
        : [pick(labels.options, 1).id, ...(n % 2 === 0 ? [] : [pick(labels.options, 2).id])].filter(
            (id, i, all) => all.indexOf(id) === i,
          ),
    industry: pick(industries.options, 13).id,
    close_date: new Date(Date.UTC(2026, 0, 1 + (n % 700))).toISOString().slice(0, 10),
    probability: (n % 21) / 20,
    rating: n % 6 === 0 ? null : n % 6,
    active: n % 3 !== 0,
    phone: `+4930${String(1_000_000 + (n % 899_999))}`,
    website: `https://www.${company}.com/team/${n % 50}`,
    linkedin: `https://www.linkedin.com/in/${first}-${last}-${n % 500}`.toLowerCase(),
    employees: (n * 31) % 20_000,
    notes:
      n % 4 === 0 ? 'Met at the conference; wants a demo for the whole revenue team next quarter.' : 'Sent the deck.',
    last_seen: new Date(Date.UTC(2026, 10, 1, n % 24, n % 60)).toISOString(),
    call_time: (n * 37) % 7_200,
    payload: { id: n, source: pick(companies, 2) },
  }
  const cells: Record<string, Json> = {}
  columns.forEach(({ key }, i) => {
    cells[key] =
      known[key] ?? (key in known ? null : i % 2 === 0 ? (n * (i + 3)) % 10_007 : `${company} ${(n + i) % 1_000}`)
  })
  return { id: `row_${n}`, version: 1, cells }
}

export function mixedRows(count: number, columns: readonly GridColumn[]): readonly GridRow[] {
  return Array.from({ length: count }, (_, n) => mixedRow(n, columns))
}
