import type { Ops, RowInput, TableInput } from '@opslayer/core'
import { seededRandom } from '@opslayer-examples/seeded-random'
import type { LargeTableProgress } from '../shared/large-table-progress.ts'
import { actorOf, type Org } from './members.ts'
import { companyFirst, companySecond, countries } from './seed/words.ts'
import type { Session } from './sessions.ts'

/** Rows of the table that is made on request. */
const rowCount = 500_000

export interface LargeTables {
  of(org: Org): LargeTableProgress
  /** Begins to make one, unless one is being made. */
  start(session: Session): LargeTableProgress
}

/** Tables of 500,000 rows, one at a time for each org. */
export function createLargeTables(ops: Ops): LargeTables {
  const tables = new Map<string, LargeTableProgress>()
  const of = (org: Org) => tables.get(org.id) ?? { state: 'none', rows: 0, of: rowCount, tableId: null }
  const set = (org: Org, changes: Partial<LargeTableProgress>) => tables.set(org.id, { ...of(org), ...changes })

  async function make({ org, role }: Session): Promise<void> {
    const acme = ops.forOrg({ orgId: org.id, actor: actorOf(org, role) })
    const { id } = await acme.tables.create(visitsTable)
    set(org, { tableId: id })
    await acme.rows.load(id, visitRows(rowCount, org.seed), { onProgress: ({ rows }) => set(org, { rows }) })
  }

  return {
    of,
    start(session) {
      const { org } = session
      if (of(org).state === 'loading') return of(org)
      set(org, { state: 'loading', rows: 0, tableId: null })
      make(session).then(
        () => set(org, { state: 'done' }),
        (error: unknown) =>
          set(org, { state: 'failed', reason: error instanceof Error ? error.message : String(error) }),
      )
      return of(org)
    },
  }
}

const visitsTable = {
  name: 'Website visits',
  description: 'Who looked at which page; made on request to see how half a million rows feel.',
  columns: [
    { name: 'Visitor', type: 'text' },
    { name: 'Email', type: 'email' },
    { name: 'Company', type: 'text' },
    {
      name: 'Page',
      type: 'dropdown',
      settings: {
        options: ['Pricing', 'Docs', 'Blog', 'Careers', 'Security', 'Customers'].map((name) => ({
          id: name.toLowerCase(),
          name,
        })),
      },
    },
    { name: 'Visited', type: 'datetime' },
    { name: 'Time on page', type: 'duration' },
    { name: 'Pages', type: 'number' },
    { name: 'Returning', type: 'checkbox' },
    { name: 'Country', type: 'text' },
    { name: 'Value', type: 'currency', settings: { code: 'USD', decimals: 0 } },
  ],
} as const satisfies TableInput

function* visitRows(count: number, seed: number): Generator<RowInput> {
  const random = seededRandom(seed)
  const start = Date.UTC(2026, 0, 1)
  for (let number = 0; number < count; number += 1) {
    const country = random.pickEarly(countries)
    const firstName = random.pick(country.firstNames)
    const lastName = random.pick(country.lastNames)
    yield {
      cells: {
        visitor: `${firstName} ${lastName}`,
        email: random.chance(0.6) ? `visitor${number}@example.${country.topLevelDomain}` : null,
        company: random.chance(0.7) ? `${random.pick(companyFirst)} ${random.pick(companySecond)}` : null,
        page: random.pickEarly(['pricing', 'docs', 'blog', 'careers', 'security', 'customers']),
        visited: new Date(start + number * 41_000 + random.whole(0, 40_000)).toISOString(),
        time_on_page: random.whole(3, 900),
        pages: random.whole(1, 24),
        returning: random.chance(0.35),
        country: country.name,
        value: random.chance(0.4) ? random.whole(1, 90) * 50 : null,
      },
    }
  }
}
