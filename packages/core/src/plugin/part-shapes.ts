import * as z from 'zod'
import { builtInColumnTypes } from '../values/built-in-types.ts'

const aFunction = <T>(message = 'must be a function') =>
  z.custom<T>((value) => typeof value === 'function', { error: message })

/** What ids of plugins and parts look like. */
export const idShape = z
  .string({ error: 'must be a text' })
  .regex(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/, 'must be lower-case words joined by "_", such as "find_email"')
  .max(40, 'must be at most 40 characters')

const text = (max: number) =>
  z
    .string({ error: 'must be a text' })
    .trim()
    .min(1, 'must say something')
    .max(max, `must be at most ${max} characters`)

export const nameShape = text(60)
const timeoutMs = z.int().min(1_000, 'must be 1,000 or more').max(600_000, 'must be at most 600,000').optional()
const perCall = (max: number) =>
  z.int('must be a whole number').min(1, 'must be 1 or more').max(max, `must be at most ${max}`)

const cost = z
  .looseObject({
    unit: z.string().regex(/^[a-z][a-z0-9_]{0,19}$/, 'must be one lower-case word, such as "credit"'),
    perItem: z.union([z.number().min(0).max(1_000_000), aFunction()], {
      error: 'must be a number from 0 to 1,000,000, or a function of the settings',
    }),
  })
  .optional()

const common = {
  id: idShape,
  name: nameShape,
  description: text(300),
  timeoutMs,
  cost,
  options: z.record(z.string(), aFunction()).optional(),
}

const valueShape = z
  .union([z.string(), z.looseObject({ type: z.string() })], { error: 'must be the id of a column type' })
  .refine((value) => Object.hasOwn(builtInColumnTypes, typeof value === 'string' ? value : value.type), {
    error: `must be a built-in column type: ${Object.keys(builtInColumnTypes).join(', ')}`,
  })

const year = 366 * 86_400_000

export const columnShape = z
  .looseObject({
    ...common,
    category: z
      .enum(['ai', 'enrich', 'verify', 'crm', 'outreach'], {
        error: 'must be one of: ai, enrich, verify, crm, outreach',
      })
      .optional(),
    value: valueShape,
    cache: z
      .looseObject({ ttlMs: z.int().min(1_000, 'must be 1,000 or more').max(year, 'must be at most a year') })
      .optional(),
    cell: aFunction().optional(),
    batch: z.looseObject({ maxCells: perCall(1_000), run: aFunction() }).optional(),
    task: z
      .looseObject({
        minCells: perCall(50_000).optional(),
        maxCells: perCall(50_000),
        pollEveryMs: z.int().min(1_000, 'must be 1,000 or more').optional(),
        giveUpAfterMs: z.int().min(1_000, 'must be 1,000 or more').optional(),
        submit: aFunction(),
        poll: aFunction(),
        collect: aFunction(),
      })
      .optional(),
  })
  .refine((part) => part.cell !== undefined || part.batch !== undefined || part.task !== undefined, {
    error: 'has no way to obtain a cell; give it "cell", "batch" or "task"',
  })
  .refine(({ cell, batch, task }) => cell !== undefined || batch !== undefined || (task?.minCells ?? 1) === 1, {
    error: 'leaves fewer cells than its "task.minCells" without a way; give it "cell" or "batch" as well',
  })
  .refine(({ cell, batch, task }) => cell !== undefined || batch !== undefined || task?.when === undefined, {
    error: 'leaves settings that its "task.when" refuses without a way; give it "cell" or "batch" as well',
  })

const sourceColumn = z.looseObject({
  name: nameShape,
  type: valueShape,
  from: aFunction(),
})

export const sourceShape = z.looseObject({
  ...common,
  key: aFunction('must be a function that gives the id of a record'),
  columns: z
    .record(idShape, sourceColumn, { error: 'must be columns by key' })
    .refine((columns) => Object.keys(columns).length > 0, { error: 'must have a column' })
    .refine((columns) => Object.keys(columns).length <= 200, { error: 'must be at most 200 columns' }),
  incremental: z.boolean().optional(),
  readPage: aFunction(),
})

export const actionShape = z
  .looseObject({
    ...common,
    idempotency: z.enum(['idempotent', 'keyed', 'at-most-once'], {
      error: 'must be "idempotent", "keyed" or "at-most-once": what is done after a crash depends on it',
    }),
    row: aFunction().optional(),
    batch: z.looseObject({ maxRows: perCall(1_000), run: aFunction() }).optional(),
  })
  .refine((part) => part.row !== undefined || part.batch !== undefined, {
    error: 'does nothing; give it "row" or "batch"',
  })

export const webhookShape = z
  .looseObject({
    id: idShape,
    name: nameShape,
    description: text(300),
    verify: aFunction('must be a function that checks a request: hmacSignature(…), sharedSecret(…) or your own'),
    parse: aFunction(),
    deliveryKey: aFunction().optional(),
    answer: aFunction().optional(),
    byAccount: aFunction().optional(),
    subscribe: aFunction().optional(),
    unsubscribe: aFunction().optional(),
  })
  .refine((part) => part.subscribe === undefined || part.byAccount === undefined, {
    error: 'is of the app ("byAccount") and cannot be subscribed for a connection ("subscribe"); leave one out',
  })

export const adapterShape = z.looseObject({
  objects: z.array(z.enum(['contact', 'company', 'deal'])).min(1, 'must name an object'),
  properties: aFunction(),
  readPage: aFunction(),
  readMany: z.looseObject({ maxRecords: perCall(1_000), run: aFunction() }),
  write: z.looseObject({ maxRecords: perCall(1_000), run: aFunction() }),
})
