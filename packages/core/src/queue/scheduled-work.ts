import * as z from 'zod'
import type { CallOptions } from '../db/transaction.ts'
import type { Run } from '../runs/run.ts'
import type { OrgSession } from '../store/org-session.ts'
import type { StartOptions } from '../store/started-run.ts'
import type { Json } from '../values/json.ts'

/** A kind of work that schedules can start. The composition root names them. */
export interface ScheduledWork<What> {
  readonly schema: z.ZodType<What>
  /** Looks whether it could be started, before a schedule is kept. @throws OpsError */
  readonly check: (session: OrgSession, what: What, options: CallOptions) => Promise<void>
  /** The same key starts it once. */
  readonly start: (session: OrgSession, what: What, options: StartOptions) => Promise<Run>
}

/** A kind whose type does not matter to the reader. */
// biome-ignore lint/suspicious/noExplicitAny: the parameter is invariant; only `any` accepts every kind
export type AnyScheduledWork = ScheduledWork<any>

export type ScheduledKinds = Readonly<Record<string, AnyScheduledWork>>

/** What is to be started: its kind, and what the kind takes. */
export const whatSchema = z.looseObject({ kind: z.string().max(40) })

export type What = { readonly kind: string; readonly [member: string]: Json }
