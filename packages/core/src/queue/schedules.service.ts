import * as z from 'zod'
import { nameSchema } from '../catalog/column-input.ts'
import { limits } from '../catalog/limits.ts'
import { newId } from '../catalog/new-id.ts'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { nearest } from '../errors/nearest.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import type { OrgSession } from '../store/org-session.ts'
import type { ListOptions, Page } from '../store/tables.service.ts'
import { nextTick, nextTicks } from './next-tick.ts'
import { publicSchedule, type Schedule } from './schedule.ts'
import { type ScheduledKinds, type What, whatSchema } from './scheduled-work.ts'
import {
  changeSchedule,
  countSchedules,
  findSchedule,
  insertSchedule,
  listSchedules,
  removeSchedule,
  scheduleNotFound,
} from './schedules.repository.ts'

/** Schedules of one org. */
const mostSchedules = 1_000

const idPattern = /^sch_[a-z0-9]{16}$/

const cronSchema = z.string().trim().max(200)

const timeZoneSchema = z.string().max(100).refine(isTimeZone, 'It is no time zone, such as "Europe/Berlin".')

const scheduleInputSchema = z.strictObject({
  name: nameSchema,
  cron: cronSchema,
  timeZone: timeZoneSchema.optional(),
  what: whatSchema,
  enabled: z.boolean().default(true),
})

const scheduleChangesSchema = z.strictObject({
  name: nameSchema.optional(),
  cron: cronSchema.optional(),
  timeZone: timeZoneSchema.optional(),
  what: whatSchema.optional(),
  enabled: z.boolean().optional(),
})

/** What `nextRuns` takes. */
export const nextRunsSchema = z.strictObject({
  cron: cronSchema,
  timeZone: timeZoneSchema.optional(),
  count: z.int().min(1).max(50).default(5),
})

const listSchema = z.object({
  cursor: z.string().regex(idPattern, say('The cursor is not one that this list gave.')).optional(),
  limit: z.int().min(1).max(limits.itemsPerPage).default(100),
})

export interface ScheduleInput {
  readonly name: string
  /** Minute, hour, day of the month, month, day of the week: `0 6 * * 1-5`. */
  readonly cron: string
  /** @default the org's */
  readonly timeZone?: string | undefined
  /** What is started: `{ kind: 'sync', feedId }`. */
  readonly what: What
  /** @default true */
  readonly enabled?: boolean | undefined
}

export type ScheduleChanges = { readonly [Member in keyof ScheduleInput]?: ScheduleInput[Member] | undefined }

/** When a schedule would be due, kept or not. */
export interface NextRunsQuery extends CallOptions {
  /** Minute, hour, day of the month, month, day of the week: `0 6 * * 1-5`. */
  readonly cron: string
  /** @default the org's */
  readonly timeZone?: string | undefined
  /** How many times, 1 to 50. @default 5 */
  readonly count?: number | undefined
}

/** @throws OpsError `INVALID_INPUT`, `LIMIT_EXCEEDED`, `NOT_FOUND` for what it would start */
export async function createSchedule(
  kinds: ScheduledKinds,
  session: OrgSession,
  input: ScheduleInput,
  options: CallOptions = {},
): Promise<Schedule> {
  const { name, cron, what, enabled, ...given } = checkInput(scheduleInputSchema, input)
  const checked = await checkedWhat(kinds, session, what, options)
  return await session.write(options, async ({ tx, org, actor, context }) => {
    if ((await countSchedules(tx.db, org.orgId)) >= mostSchedules)
      throw new OpsError(
        'LIMIT_EXCEEDED',
        say('An org has at most {#count} schedules. Delete some.', { count: mostSchedules }),
      )
    const id = newId('sch')
    const timeZone = given.timeZone ?? context.timeZone
    const next = nextTick(cron, timeZone, context.now)
    await insertSchedule(tx.db, {
      org_id: org.orgId,
      id,
      name,
      cron,
      time_zone: timeZone,
      what: JSON.stringify(checked),
      enabled,
      next_at: enabled ? next.toISOString() : null,
      actor: JSON.stringify(actor),
    })
    return publicSchedule(await findSchedule(tx.db, org.orgId, id))
  })
}

/** Changes a schedule; ticks that it missed while it was off are not made up for. @throws OpsError `NOT_FOUND`, `INVALID_INPUT` */
export async function updateSchedule(
  kinds: ScheduledKinds,
  session: OrgSession,
  scheduleId: string,
  changes: ScheduleChanges,
  options: CallOptions = {},
): Promise<Schedule> {
  const id = checkedScheduleId(scheduleId)
  const { name, what, ...given } = checkInput(scheduleChangesSchema, changes)
  const checked = what === undefined ? undefined : await checkedWhat(kinds, session, what, options)
  return await session.write(options, async ({ tx, org, context }) => {
    const present = await findSchedule(tx.db, org.orgId, id)
    const { cron = present.cron, timeZone = present.time_zone, enabled = present.enabled } = given
    const isMoved = cron !== present.cron || timeZone !== present.time_zone || enabled !== present.enabled
    const next = nextTick(cron, timeZone, context.now)
    const changed = await changeSchedule(tx.db, org.orgId, id, {
      cron,
      time_zone: timeZone,
      enabled,
      ...(isMoved && { next_at: enabled ? next.toISOString() : null, claim: null, claim_until: null }),
      ...(name !== undefined && { name }),
      ...(checked !== undefined && { what: JSON.stringify(checked) }),
    })
    return publicSchedule(changed)
  })
}

/** @throws OpsError `NOT_FOUND` */
export async function deleteSchedule(
  session: OrgSession,
  scheduleId: string,
  options: CallOptions = {},
): Promise<void> {
  const id = checkedScheduleId(scheduleId)
  await session.write(options, ({ tx, org }) => removeSchedule(tx.db, org.orgId, id))
}

/** @throws OpsError `NOT_FOUND` */
export async function getSchedule(
  session: OrgSession,
  scheduleId: string,
  options: CallOptions = {},
): Promise<Schedule> {
  const id = checkedScheduleId(scheduleId)
  return await session.read(options, async ({ tx, org }) => publicSchedule(await findSchedule(tx.db, org.orgId, id)))
}

/** @returns times as ISO 8601, the soonest first @throws OpsError `INVALID_INPUT` */
export async function nextRuns(session: OrgSession, query: NextRunsQuery): Promise<readonly string[]> {
  const { signal, timeoutMs, ...given } = query
  const { cron, timeZone, count } = checkInput(nextRunsSchema, given)
  return await session.read({ signal, timeoutMs }, async ({ context }) =>
    nextTicks(cron, timeZone ?? context.timeZone, context.now, count).map((tick) => tick.toISOString()),
  )
}

export async function pageOfSchedules(session: OrgSession, query: ListOptions = {}): Promise<Page<Schedule>> {
  const { cursor, limit } = checkInput(listSchema, { cursor: query.cursor, limit: query.limit })
  return await session.read(query, async ({ tx, org }) => {
    const found = await listSchedules(tx.db, org.orgId, { after: cursor ?? '', limit: limit + 1 })
    const items = found.slice(0, limit).map(publicSchedule)
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null }
  })
}

async function checkedWhat(
  kinds: ScheduledKinds,
  session: OrgSession,
  what: z.output<typeof whatSchema>,
  options: CallOptions,
): Promise<What> {
  const { kind: id, ...rest } = what
  const kind = Object.hasOwn(kinds, id) ? kinds[id] : undefined
  if (kind === undefined) {
    const near = nearest(id, Object.keys(kinds))
    throw new OpsError(
      'INVALID_INPUT',
      say('Nothing of the kind "{kind}" can be scheduled.{~hint}', { kind: id, hint: near }),
      {
        path: ['what', 'kind'],
      },
    )
  }
  const checked: Omit<What, 'kind'> = checkInput(kind.schema, rest, ['what'])
  await kind.check(session, checked, options)
  return { kind: id, ...checked }
}

/** @throws OpsError `NOT_FOUND` for what no schedule is called */
function checkedScheduleId(id: string): string {
  if (typeof id !== 'string' || !idPattern.test(id)) throw scheduleNotFound(id)
  return id
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
