import { sql } from 'kysely'
import * as z from 'zod'
import { actorText } from '../catalog/actor.ts'
import { nameSchema } from '../catalog/column-input.ts'
import { limits } from '../catalog/limits.ts'
import { newId } from '../catalog/new-id.ts'
import {
  findView,
  insertView,
  listViews as listRecords,
  listViewPlaces,
  viewNotFound,
  writeViewOrder,
} from '../catalog/views.repository.ts'
import type { ViewRecord } from '../db/tables/views.db.ts'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import { changeView, logNewView } from '../store/change-view.ts'
import { startOperation, type WriteOptions } from '../store/operation-log.ts'
import type { OrgSession, TableWork } from '../store/org-session.ts'
import type { ListOptions, Page } from '../store/tables.service.ts'
import type { Json } from '../values/json.ts'
import { checkDefinition } from './check-definition.ts'
import { storedDefinition, viewIdSchema } from './usable-definition.ts'
import { allRowsId, allRowsView, type View, viewOf } from './view.ts'
import { emptyDefinition, type ViewDefinition, type ViewDefinitionInput } from './view-definition.ts'

type Options = CallOptions & WriteOptions

const kindSchema = z.enum(['personal', 'shared', 'system'])

export const viewInputSchema = z.strictObject({
  name: nameSchema,
  kind: kindSchema.optional(),
  definition: z.custom<ViewDefinitionInput>().optional(),
})

/** A view to be made. */
export interface ViewInput {
  readonly name: string
  /** Only an actor of type `system` makes system views. @default 'personal' */
  readonly kind?: View['kind'] | undefined
  readonly definition?: ViewDefinitionInput | undefined
}

export const viewChangesSchema = z.strictObject({
  name: nameSchema.optional(),
  kind: kindSchema.optional(),
  definition: z.custom<ViewDefinitionInput>().optional(),
  version: z.int().optional(),
})

/** What can change of a view. */
export interface ViewChangesInput {
  readonly name?: string | undefined
  /** Only its owner makes a shared view personal or a personal one shared; only the system makes system views. */
  readonly kind?: View['kind'] | undefined
  /** Members that are left out stay as they are. */
  readonly definition?: ViewDefinitionInput | undefined
  /** The version that the change is meant for. @default whatever it is */
  readonly version?: number | undefined
}

/** @throws OpsError `INVALID_INPUT`, `INVALID_QUERY`, `FORBIDDEN`, `LIMIT_EXCEEDED` */
export async function createView(
  session: OrgSession,
  tableId: string,
  input: ViewInput,
  options: Options = {},
): Promise<View> {
  const { name, kind = 'personal', definition = {} } = checkInput(viewInputSchema, input)
  if (kind === 'system' && session.actor.type !== 'system') {
    throw new OpsError('FORBIDDEN', say('Only the system makes system views. Make a shared one.'), { path: ['kind'] })
  }
  return await session.writeTable(tableId, options, async (work) =>
    addView(work, { name, kind, definition: checkDefinition(definition, emptyDefinition, work) }, options),
  )
}

/** @throws OpsError `NOT_FOUND` */
export async function getView(
  session: OrgSession,
  tableId: string,
  viewId: string,
  options: CallOptions = {},
): Promise<View> {
  return await session.readTable(tableId, options, async (work) =>
    viewId === allRowsId ? allRowsView(work) : viewOf(work, await foundView(work, viewId)),
  )
}

const listSchema = z.object({
  cursor: z
    .string()
    .regex(/^-?\d{1,9} \w{1,40}$/, say('The cursor is not one that this list gave.'))
    .optional(),
  limit: z.int().min(1).max(limits.itemsPerPage).optional(),
})

/** Views that the actor may see, in their order: that of all rows, shared ones, system ones, their own. */
export async function listViews(
  session: OrgSession,
  tableId: string,
  options: ListOptions & { readonly deleted?: boolean | undefined } = {},
): Promise<Page<View>> {
  const { signal, timeoutMs, deleted: asked = false, ...page } = options
  const { cursor, limit = 100 } = checkInput(listSchema, page)
  const deleted = asked ? 'deleted' : 'live'
  return await session.readTable(tableId, { signal, timeoutMs }, async (work) => {
    const first = cursor === undefined && deleted === 'live' ? [allRowsView(work)] : []
    const [position = '', id = ''] = cursor?.split(' ') ?? []
    const after = cursor === undefined ? null : { position: Number(position), id }
    const wanted = limit - first.length
    const owner = actorText(work.actor)
    const found = await listRecords(work.tx.db, work.org.orgId, tableId, { owner, deleted, after, limit: wanted + 1 })
    const shown = found.slice(0, wanted)
    const last = shown.at(-1)
    const next = last === undefined ? `-1 ${allRowsId}` : `${last.position} ${last.id}`
    return {
      items: [...first, ...shown.map((record) => viewOf(work, record))],
      nextCursor: found.length > wanted ? next : null,
    }
  })
}

/**
 * Renames a view, shares it or makes it personal, changes its definition.
 *
 * @throws OpsError `NOT_FOUND`, `CONFLICT` if it is no longer of the version, `LOCKED`, `FORBIDDEN`, `INVALID_INPUT`,
 * `INVALID_QUERY`, `LIMIT_EXCEEDED`
 */
export async function updateView(
  session: OrgSession,
  tableId: string,
  viewId: string,
  changes: ViewChangesInput,
  options: Options = {},
): Promise<View> {
  const { name, kind, definition, version } = checkInput(viewChangesSchema, changes)
  return await changeOne(session, tableId, viewId, options, async (work, record) => {
    if (version !== undefined && version !== record.version) {
      throw new OpsError(
        'CONFLICT',
        say('The view was changed since version {#version}. Read it again.', { version }),
        {
          path: ['version'],
        },
      )
    }
    if (kind !== undefined && kind !== record.kind) checkKindChange(work, record, kind)
    return {
      ...(name !== undefined && { name }),
      ...(kind !== undefined && { kind }),
      ...(definition !== undefined && {
        definition: asJson(checkDefinition(definition, storedDefinition(record.definition), work)),
      }),
    }
  })
}

export async function renameView(
  session: OrgSession,
  tableId: string,
  viewId: string,
  name: string,
  options: Options = {},
): Promise<View> {
  return await updateView(session, tableId, viewId, { name }, options)
}

function checkKindChange({ actor }: TableWork, record: ViewRecord, kind: View['kind']): void {
  if (record.kind === 'system' || kind === 'system') {
    throw new OpsError('LOCKED', say('A system view stays one, and other views do not become one. Duplicate it.'), {
      path: ['kind'],
    })
  }
  if (record.owner_id !== actorText(actor)) {
    throw new OpsError('FORBIDDEN', say('Only who made the view may make it personal or shared.'), { path: ['kind'] })
  }
}

/** Makes a view of one's own out of another. Parts that do not fit the table any more come along. */
export async function duplicateView(
  session: OrgSession,
  tableId: string,
  viewId: string,
  options: Options & { readonly name?: string | undefined; readonly kind?: 'personal' | 'shared' | undefined } = {},
): Promise<View> {
  const name = checkInput(nameSchema.optional(), options.name, ['name'])
  const kind = checkInput(z.enum(['personal', 'shared']).optional(), options.kind, ['kind'])
  return await session.writeTable(tableId, options, async (work) => {
    const source = viewId === allRowsId ? allRowsView(work) : viewOf(work, await foundView(work, viewId))
    const copyName = name ?? `${source.name.slice(0, limits.nameLength - 7)} (copy)`
    return await addView(work, { name: copyName, kind: kind ?? 'personal', definition: source.definition }, options)
  })
}

/**
 * Puts a view at a place among those that the actor sees, from 0; the view of all rows stays before them and does not
 * count. The order is the same for everyone.
 */
export async function moveView(
  session: OrgSession,
  tableId: string,
  viewId: string,
  place: number,
  options: CallOptions = {},
): Promise<void> {
  const to = checkInput(z.int().min(0).max(limits.viewsPerTable), place, ['place'])
  if (viewId === allRowsId) throw lockedView()
  await session.writeTable(tableId, options, async (work) => {
    await lockViews(work)
    const moved = await foundView(work, viewId)
    const owner = actorText(work.actor)
    const all = await listViewPlaces(work.tx.db, work.org.orgId, tableId)
    const others = all.filter(({ id }) => id !== moved.id)
    const next = others.filter(({ kind, owner_id }) => kind !== 'personal' || owner_id === owner)[to]
    const at = next === undefined ? others.length : others.indexOf(next)
    const order = [...others.slice(0, at), moved, ...others.slice(at)].map(({ id }) => id)
    await writeViewOrder(work.tx.db, work.org.orgId, tableId, order)
  })
}

/** @throws OpsError `NOT_FOUND`, `LOCKED` for a system view */
export async function deleteView(
  session: OrgSession,
  tableId: string,
  viewId: string,
  options: Options = {},
): Promise<void> {
  await changeOne(session, tableId, viewId, options, async (_work, record) => {
    if (record.kind === 'system') throw lockedView()
    return { deleted: true }
  })
}

/** @throws OpsError `NOT_FOUND` if no deleted view has the id, `LIMIT_EXCEEDED` */
export async function restoreView(
  session: OrgSession,
  tableId: string,
  viewId: string,
  options: Options = {},
): Promise<View> {
  return await session.writeTable(tableId, options, async (work) => {
    await nextPosition(work)
    const record = await foundView(work, viewId, 'deleted')
    await changeView(work, startOperation(session.actor, options), record, { deleted: false })
    return viewOf(work, await foundView(work, viewId))
  })
}

async function changeOne(
  session: OrgSession,
  tableId: string,
  viewId: string,
  options: Options,
  decide: (work: TableWork, record: ViewRecord) => Promise<Parameters<typeof changeView>[3]>,
): Promise<View> {
  if (viewId === allRowsId) throw lockedView()
  return await session.writeTable(tableId, options, async (work) => {
    await lockViews(work)
    const record = await foundView(work, viewId)
    const changes = await decide(work, record)
    await changeView(work, startOperation(session.actor, options), record, changes)
    return viewOf(work, await foundView(work, viewId, changes.deleted === true ? 'deleted' : 'live'))
  })
}

async function addView(
  work: TableWork,
  view: { readonly name: string; readonly kind: View['kind']; readonly definition: ViewDefinition },
  options: WriteOptions,
): Promise<View> {
  const position = await nextPosition(work)
  const id = newId('viw')
  await insertView(work.tx.db, {
    org_id: work.org.orgId,
    id,
    table_id: work.table.id,
    name: view.name,
    kind: view.kind,
    owner_id: actorText(work.actor),
    definition: asJson(view.definition),
    position,
  })
  await logNewView(work, startOperation(work.actor, options), id)
  return viewOf(work, await foundView(work, id))
}

/** The place behind all views. @throws OpsError `LIMIT_EXCEEDED` if there is no room for one more */
async function nextPosition(work: TableWork): Promise<number> {
  await lockViews(work)
  const all = await listViewPlaces(work.tx.db, work.org.orgId, work.table.id)
  if (all.length >= limits.viewsPerTable) {
    throw new OpsError(
      'LIMIT_EXCEEDED',
      say('Table "{table}" has {#count} views, the most a table may have. Delete one first.', {
        table: work.table.name,
        count: limits.viewsPerTable,
      }),
    )
  }
  return (all.at(-1)?.position ?? -1) + 1
}

/** Changes of a table's views go one after the other; reads and writes of rows do not wait. */
async function lockViews({ tx, org, table }: TableWork): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`opslayer views ${org.orgId} ${table.id}`}, 0))`)
}

async function foundView(work: TableWork, viewId: string, deleted: 'live' | 'deleted' = 'live'): Promise<ViewRecord> {
  if (!viewIdSchema.safeParse(viewId).success) throw viewNotFound(viewId)
  return await findView(work.tx.db, work.org.orgId, work.table.id, viewId, actorText(work.actor), deleted)
}

function lockedView(): OpsError {
  return new OpsError('LOCKED', say('The view belongs to the system. Duplicate it and change the copy.'), {
    path: ['viewId'],
  })
}

function asJson(definition: ViewDefinition): Json {
  return JSON.parse(JSON.stringify(definition))
}
