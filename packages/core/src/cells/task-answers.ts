import * as z from 'zod'
import { OpsError } from '../errors/ops-error.ts'
import { boundedJson } from '../plugin/bounded-json.ts'
import type { Json } from '../values/json.ts'

/** What finds a task again, at most. */
const mostState = 16_384

const stateSchema = z.unknown().transform((given, context): Json => {
  const text = boundedJson(given ?? null, mostState)
  if (text !== undefined) return JSON.parse(text.toWellFormed().replaceAll('\\u0000', '\\ufffd'))
  context.addIssue({ code: 'custom', message: `is no JSON of up to ${mostState / 1_024} KB` })
  return z.NEVER
})

const submissionSchema = z.looseObject({
  state: stateSchema,
  ref: z.string().min(1).max(500).nullable().default(null),
  outcomes: z.unknown().optional(),
})

const progressSchema = z.discriminatedUnion('status', [
  z.looseObject({
    status: z.literal('running'),
    state: stateSchema.optional(),
    afterMs: z.number().nonnegative().optional(),
  }),
  z.looseObject({ status: z.literal('finished'), state: stateSchema.optional() }),
  z.looseObject({
    status: z.literal('failed'),
    code: z.string(),
    message: z.string(),
    retryable: z.boolean().default(false),
    cost: z.number().min(0).max(1_000_000).optional(),
  }),
])

const pageSchema = z.looseObject({
  outcomes: z.unknown().optional(),
  nextCursor: z.string().min(1).max(4_000).optional(),
})

/** What a plugin gave for a submitted task. @throws OpsError `PLUGIN_FAILED` */
export function checkedSubmission(given: unknown): z.output<typeof submissionSchema> {
  return checked(submissionSchema, given, 'submission: { state, ref?, outcomes? }')
}

/** Where a plugin says that a task stands. @throws OpsError `PLUGIN_FAILED` */
export function checkedProgress(given: unknown): z.output<typeof progressSchema> {
  return checked(
    progressSchema,
    given,
    'progress: { status: "running" }, "finished" or "failed" with its code and message',
  )
}

/** A page of a task's results. @throws OpsError `PLUGIN_FAILED` */
export function checkedTaskPage(given: unknown): z.output<typeof pageSchema> {
  return checked(pageSchema, given, 'page: { outcomes, nextCursor? }')
}

function checked<T>(schema: z.ZodType<T>, given: unknown, what: string): T {
  const result = schema.safeParse(given)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const place = issue === undefined || issue.path.length === 0 ? '' : ` (${issue.path.join('.')}: ${issue.message})`
  throw new OpsError('PLUGIN_FAILED', `The plugin gave no ${what}${place}.`.slice(0, 500))
}
