import * as z from 'zod'
import type { Json } from '../values/json.ts'
import { plainText } from '../values/plain-text.ts'

/** An escape of JSON for what the database cannot keep: NUL, or half a character. A backslash that is text is followed by another. */
const unkeepable = /(?:^|[^\\])(?:\\\\)*\\u(?:0000|d[89a-f])/

/** Any JSON that the database can keep, also as callers keep it: with lists that are not to be changed. */
export const jsonSchema: z.ZodType<Json, Json> = (z.json() as z.ZodType<Json, Json>).refine(
  (value) => !unkeepable.test(JSON.stringify(value)),
  'A text has no NUL or broken Unicode characters.',
)

/** Values by name, as settings are. */
export const jsonRecordSchema = z.record(plainText(100), jsonSchema)
