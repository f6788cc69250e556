import type { Kysely } from 'kysely'
import type { Database } from '../db/database.ts'
import type { AuditRecord } from '../db/tables/access.db.ts'

export async function lastAuditEntry(
  db: Kysely<Database>,
  orgId: string,
): Promise<Pick<AuditRecord, 'seq' | 'hash'> | undefined> {
  return await db
    .selectFrom('audit')
    .select(['seq', 'hash'])
    .where('org_id', '=', orgId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function insertAuditEntry(
  db: Kysely<Database>,
  entry: Omit<AuditRecord, 'detail'> & { readonly detail: object },
): Promise<void> {
  await db
    .insertInto('audit')
    .values({ ...entry, detail: JSON.stringify(entry.detail) })
    .execute()
}

export interface AuditFilter {
  readonly actor?: string | undefined
  readonly action?: string | undefined
  readonly outcome?: string | undefined
  readonly target?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** Entries in one direction, behind a number. */
export async function listAuditEntries(
  db: Kysely<Database>,
  orgId: string,
  filter: AuditFilter,
  { dir, behind, limit }: { readonly dir: 'asc' | 'desc'; readonly behind: string | null; readonly limit: number },
): Promise<AuditRecord[]> {
  const { actor, action, outcome, target, from, to } = filter
  const [actorType, ...actorId] = actor?.split(':') ?? []
  return await db
    .selectFrom('audit')
    .selectAll()
    .where('org_id', '=', orgId)
    .$if(behind !== null, (query) => query.where('seq', dir === 'asc' ? '>' : '<', behind ?? '0'))
    .$if(actor !== undefined, (query) =>
      query.where('actor_type', '=', actorType ?? '').where('actor_id', '=', actorId.join(':')),
    )
    .$if(action !== undefined, (query) => query.where('action', '=', action ?? ''))
    .$if(outcome !== undefined, (query) => query.where('outcome', '=', outcome ?? ''))
    .$if(target !== undefined, (query) => query.where('target', '=', target ?? ''))
    .$if(from !== undefined, (query) => query.where('at', '>=', from ?? ''))
    .$if(to !== undefined, (query) => query.where('at', '<', to ?? ''))
    .orderBy('seq', dir)
    .limit(limit)
    .execute()
}
