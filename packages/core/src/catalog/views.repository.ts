import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { ViewRecord } from '../db/tables/views.db.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import type { Json } from '../values/json.ts'

/** The same words for "absent", "not yours" and another user's personal view. */
export function viewNotFound(viewId: unknown): OpsError {
  return new OpsError('NOT_FOUND', say('There is no view "{id}" of this table.', { id: String(viewId).slice(0, 60) }), {
    path: ['viewId'],
  })
}

/** The live views of a table in their order, whoever's they are, without their definitions. */
export async function listViewPlaces(
  db: Kysely<Database>,
  orgId: string,
  tableId: string,
): Promise<Pick<ViewRecord, 'id' | 'kind' | 'owner_id' | 'position'>[]> {
  return await db
    .selectFrom('views')
    .select(['id', 'kind', 'owner_id', 'position'])
    .where('org_id', '=', orgId)
    .where('table_id', '=', tableId)
    .where('deleted_at', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute()
}

/** What the live views of a table, whoever's they are, ask of the database: at most 300, the first ones. */
export async function listViewQueries(
  db: Kysely<Database>,
  orgId: string,
  tableId: string,
): Promise<{ readonly id: string; readonly name: string; readonly filter: Json; readonly sorts: Json }[]> {
  return await db
    .selectFrom('views')
    .select(['id', 'name'])
    .select((eb) => [
      sql<Json>`${eb.ref('definition')} -> 'filter'`.as('filter'),
      sql<Json>`${eb.ref('definition')} -> 'sorts'`.as('sorts'),
    ])
    .where('org_id', '=', orgId)
    .where('table_id', '=', tableId)
    .where('deleted_at', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .limit(300)
    .execute()
}

/**
 * A view that the actor may see, shared, of the system or their own.
 *
 * @param owner the actor as `user:u1`
 * @throws OpsError `NOT_FOUND`
 */
export async function findView(
  db: Kysely<Database>,
  orgId: string,
  tableId: string,
  viewId: string,
  owner: string,
  deleted: 'live' | 'deleted' = 'live',
): Promise<ViewRecord> {
  const record = await db
    .selectFrom('views')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', viewId)
    .where('table_id', '=', tableId)
    .where('deleted_at', deleted === 'live' ? 'is' : 'is not', null)
    .where((eb) => eb.or([eb('kind', '<>', 'personal'), eb('owner_id', '=', owner)]))
    .executeTakeFirst()
  if (record === undefined) throw viewNotFound(viewId)
  return record
}

/** A view in whatever state, whoever's it is: for undo, which asks who did what. */
export async function findAnyView(
  db: Kysely<Database>,
  orgId: string,
  tableId: string,
  viewId: string,
): Promise<ViewRecord | undefined> {
  return await db
    .selectFrom('views')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', viewId)
    .where('table_id', '=', tableId)
    .executeTakeFirst()
}

export interface ViewsPage {
  readonly owner: string
  readonly deleted: 'live' | 'deleted'
  /** Position and id of the last view seen. */
  readonly after: { readonly position: number; readonly id: string } | null
  readonly limit: number
}

/** The views that the actor may see, in their order. */
export async function listViews(
  db: Kysely<Database>,
  orgId: string,
  tableId: string,
  { owner, deleted, after, limit }: ViewsPage,
): Promise<ViewRecord[]> {
  return await db
    .selectFrom('views')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('table_id', '=', tableId)
    .where('deleted_at', deleted === 'live' ? 'is' : 'is not', null)
    .where((eb) => eb.or([eb('kind', '<>', 'personal'), eb('owner_id', '=', owner)]))
    .$if(after !== null, (query) =>
      query.where((eb) => eb(eb.refTuple('position', 'id'), '>', eb.tuple(after?.position ?? 0, after?.id ?? ''))),
    )
    .orderBy('position')
    .orderBy('id')
    .limit(limit)
    .execute()
}

export async function insertView(
  db: Kysely<Database>,
  view: Pick<ViewRecord, 'org_id' | 'id' | 'table_id' | 'name' | 'kind' | 'owner_id' | 'position' | 'definition'>,
): Promise<void> {
  await db
    .insertInto('views')
    .values({ ...view, definition: JSON.stringify(view.definition), deleted_at: null })
    .execute()
}

export interface ViewChanges {
  readonly name?: string
  readonly kind?: ViewRecord['kind']
  readonly definition?: Json
  readonly deleted?: boolean
}

/** Applies the changes and counts the version up. */
export async function updateView(
  db: Kysely<Database>,
  orgId: string,
  viewId: string,
  { name, kind, definition, deleted }: ViewChanges,
): Promise<void> {
  await db
    .updateTable('views')
    .set((eb) => ({
      version: eb('version', '+', 1),
      ...(name !== undefined && { name }),
      ...(kind !== undefined && { kind }),
      ...(definition !== undefined && { definition: JSON.stringify(definition) }),
      ...(deleted !== undefined && { deleted_at: deleted ? sql<string>`now()` : null }),
    }))
    .where('org_id', '=', orgId)
    .where('id', '=', viewId)
    .execute()
}

/** Writes the order of views; it is no part of their version. */
export async function writeViewOrder(
  db: Kysely<Database>,
  orgId: string,
  tableId: string,
  viewIds: readonly string[],
): Promise<void> {
  const order = sql<{ id: string; place: number }>`unnest(${[...viewIds]}::text[]) with ordinality`.as<'o'>(
    sql`o (id, place)`,
  )
  await db
    .updateTable('views as v')
    .from(order)
    .set({ position: sql`o.place - 1` })
    .where('v.org_id', '=', orgId)
    .where('v.table_id', '=', tableId)
    .whereRef('v.id', '=', 'o.id')
    .execute()
}
