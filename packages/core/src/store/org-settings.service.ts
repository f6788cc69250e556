import { sql } from 'kysely'
import * as z from 'zod'
import { updateOrg } from '../catalog/orgs.repository.ts'
import { isPostgresError } from '../db/database-errors.ts'
import type { CallOptions, Transaction } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import { recomputeZoned } from './formulas/recompute-zoned.ts'
import type { OrgSession } from './org-session.ts'

/** What an org's users expect of dates and numbers. */
export interface OrgSettings {
  /** IANA zone, in which days begin and texts without a zone are read. @default 'UTC' */
  readonly timeZone: string
  /** BCP 47 tag, by which numbers and dates are read and shown. @default 'en-US' */
  readonly locale: string
}

export const orgSettingsSchema = z.strictObject({
  timeZone: z
    .string()
    .max(100)
    .refine(isTimeZone, say('A time zone is a name of the IANA database: "Europe/Berlin", "America/New_York", "UTC".'))
    .optional(),
  locale: z
    .string()
    .max(100)
    .refine(isLocale, say('A locale is a BCP 47 tag that Intl knows: "en-US", "de", "pt-BR".'))
    .optional(),
})

export type OrgSettingsInput = Readonly<z.input<typeof orgSettingsSchema>>

export async function getSettings(session: OrgSession, options: CallOptions = {}): Promise<OrgSettings> {
  return await session.read(options, async ({ org: { timeZone, locale } }) => ({ timeZone, locale }))
}

/**
 * Changes settings of the org. Every process works by them from its next call on; cells that are there stay as they are.
 *
 * @throws OpsError `INVALID_INPUT`
 */
export async function updateSettings(
  session: OrgSession,
  changes: OrgSettingsInput,
  options: CallOptions = {},
): Promise<OrgSettings> {
  const checked = checkInput(orgSettingsSchema, changes, ['settings'])
  const { isMoved, settings } = await session.write(options, async ({ tx, org }) => {
    const { timeZone = org.timeZone, locale = org.locale } = checked
    if (timeZone !== org.timeZone) await checkZone(tx, timeZone)
    if (timeZone !== org.timeZone || locale !== org.locale) await updateOrg(tx.db, org.orgId, { timeZone, locale })
    return { isMoved: timeZone !== org.timeZone, settings: { timeZone, locale } }
  })
  if (isMoved) await recomputeZoned(session, options)
  return settings
}

/** Offsets such as `+02:00`, which Intl takes too, know no summer time and mean the opposite in PostgreSQL. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function isLocale(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length === 1
  } catch {
    return false
  }
}

/** Dates are compared in SQL, too; the database's list of zones may be older than Node's. */
async function checkZone(tx: Transaction, timeZone: string): Promise<void> {
  try {
    await tx.run(sql`select now() at time zone ${timeZone}`)
  } catch (error) {
    if (!isPostgresError(error, '22023')) throw error
    throw new OpsError('INVALID_INPUT', say('The database does not know the time zone "{timeZone}".', { timeZone }), {
      path: ['settings', 'timeZone'],
      cause: error,
    })
  }
}
