import * as z from 'zod'

/** Row ids are positive integers of PostgreSQL's `bigint`, written as text. */
export const rowIdSchema = z.string().regex(/^[1-9]\d{0,17}$/, 'A row id is a positive whole number, as text.')
