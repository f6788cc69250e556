import * as z from 'zod'

/** The words of both modes: `valid` comes from quick alone, `safe` and most others from power alone. */
export const verificationStatuses = [
  'safe',
  'valid',
  'catch_all',
  'role_account',
  'unknown',
  'inbox_full',
  'invalid',
  'disabled',
  'disposable',
  'spamtrap',
] as const

export type VerificationStatus = (typeof verificationStatuses)[number]

/** How an answer fails, also with status 200. */
export const errorAnswer = z.looseObject({ status: z.literal('error'), reason: z.string().optional() })

/** What a single verification says; the keys that are absent in quick mode are not false, but unknown. */
export const verificationAnswer = z.looseObject({
  email: z.string(),
  status: z.string(),
  overall_score: z.number().min(0).max(100).nullish(),
})

/** A result of a bulk task: the same, by address, and without it inside. */
export const bulkResult = z.looseObject({
  status: z.string(),
  overall_score: z.number().min(0).max(100).nullish(),
})

/** The id is a number here and a text later. */
export const createdTask = z.looseObject({
  status: z.literal('success'),
  task_id: z.union([z.string(), z.number()]).transform(String),
})

export const taskAnswer = z.looseObject({
  status: z.string(),
  progress_percentage: z.number().nullish(),
  results: z.record(z.string(), z.unknown()).nullish(),
})

export const balanceAnswer = z.looseObject({
  status: z.literal('success'),
  api_status: z.string().optional(),
  remaining_daily_credits: z.number(),
  remaining_instant_credits: z.number(),
})
