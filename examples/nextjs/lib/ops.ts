import { createOps, embedded, type Ops } from '@opslayer/core'
import type { Identity } from '@opslayer/server'

const holder = globalThis as { opslayer?: Ops | undefined; opslayerReady?: Promise<string> | undefined }

/** One for the process, also when `next dev` loads this module anew. It connects at its first call. */
export const ops: Ops = holder.opslayer ?? createOps({ database: process.env.DATABASE_URL ?? embedded('./.opslayer') })
holder.opslayer = ops

/** Who is signed in. Take it from your session; this example has one person. */
export function currentIdentity(): Identity {
  return { orgId: 'acme', actor: { type: 'user', id: 'ada', role: 'admin' } }
}

/** Migrates, and makes a first table where there is none; gives the id of the first. */
export function firstTable(): Promise<string> {
  holder.opslayerReady ??= openFirstTable()
  return holder.opslayerReady
}

async function openFirstTable(): Promise<string> {
  await ops.migrate()
  const acme = ops.forOrg(currentIdentity())
  const [known] = (await acme.tables.list({ limit: 1 })).items
  if (known !== undefined) return known.id
  const leads = await acme.tables.create({
    name: 'Leads',
    columns: [
      { name: 'Name', type: 'text' },
      { name: 'Email', type: 'email' },
      { name: 'Stage', type: 'status' },
      { name: 'Value', type: 'currency', settings: { code: 'USD', decimals: 0 } },
    ],
  })
  await acme.rows.insert(leads.id, [
    { cells: { name: 'Ada Lovelace', email: 'ada@acme.com', stage: 'In progress', value: 12_000 } },
    { cells: { name: 'Grace Hopper', email: 'grace@navy.mil', stage: 'New', value: 8_500 } },
  ])
  return leads.id
}
