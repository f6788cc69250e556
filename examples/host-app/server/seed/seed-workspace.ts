import type { Ops, OrgOps, TableInput, ViewInput } from '@opslayer/core'
import { actorOf, type Org, orgs } from '../members.ts'
import { editLikePeople } from './edit-like-people.ts'
import { companyRows, contactRows, dealRows, makeCompanies } from './records.ts'
import { companiesTable, contactsTable, dealsTable } from './tables.ts'
import { verifyContacts } from './verify-contacts.ts'
import { companyViews, contactViews, dealViews } from './views.ts'

export interface SeedOptions {
  /** Share of the full workspace, 0 to 1. @default 1, about 50,000 rows in the first org */
  readonly scale?: number
  /** The day from which dates are counted back. */
  readonly now: Date
  /** Told after each piece of the work. */
  readonly onProgress?: (text: string) => void
  readonly signal: AbortSignal
}

/** Stands in the audit log of an org whose workspace is complete. */
const seeded = 'demo.seeded'

/** Fills the orgs of the demo. One that is filled is left as it is; one that was interrupted is filled anew. */
export async function seedWorkspaces(ops: Ops, options: SeedOptions): Promise<void> {
  for (const org of orgs) {
    const asOwner = ops.forOrg({ orgId: org.id, actor: actorOf(org, 'owner') })
    const { items } = await asOwner.audit.list({ action: seeded, limit: 1 }, options)
    if (items.length > 0) continue
    await ops.eraseOrg(org.id)
    await seedOrg(ops, org, options)
    await asOwner.audit.add({ action: seeded, outcome: 'done' }, options)
  }
}

async function seedOrg(ops: Ops, org: Org, { scale = 1, now, onProgress, signal }: SeedOptions): Promise<void> {
  const acme = ops.forOrg({ orgId: org.id, actor: actorOf(org, 'owner') })
  await acme.settings.update({ locale: org.locale, timeZone: org.timeZone }, { signal })
  const scaled = (count: number) => Math.max(20, Math.round(count * org.share * scale))
  const counts = { companies: scaled(9_500), contacts: scaled(38_000), deals: scaled(2_500) }
  const companies = makeCompanies(counts.companies, org.seed)

  const load = async (table: TableInput, views: readonly ViewInput[], rows: Parameters<OrgOps['rows']['load']>[1]) => {
    const { id, name } = await acme.tables.create(table, { signal })
    const onLoaded = (done: { readonly rows: number }) => onProgress?.(`${org.name}: ${name}, ${done.rows} rows`)
    await acme.rows.load(id, rows, { signal, onInvalid: 'keep', onProgress: onLoaded })
    for (const view of views) await acme.views.create(id, view, { signal })
    return id
  }
  await load(companiesTable, companyViews, companyRows(companies, org.seed + 1))
  const contacts = await load(contactsTable, contactViews, contactRows(companies, counts.contacts, org.seed + 2, now))
  const deals = await load(dealsTable, dealViews, dealRows(companies, counts.deals, org.seed + 3, now))
  await editLikePeople(ops, org, { contacts, deals }, signal)
  await verifyContacts(acme, contacts, { count: Math.min(400, Math.round(counts.contacts / 3)), signal })
  onProgress?.(`${org.name}: e-mail addresses verified by the simulator`)
}
