import * as z from 'zod'
import type { Json } from '../values/json.ts'

/** Any JSON, also as callers keep it: with lists that are not to be changed. */
export const jsonSchema = z.json() as z.ZodType<Json, Json>
