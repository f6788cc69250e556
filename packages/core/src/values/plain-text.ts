import * as z from 'zod'

/** Text that the database can keep: PostgreSQL has no NUL, and UTF-8 no half characters. */
export function plainText(most: number): z.ZodString {
  return z
    .string()
    .max(most)
    .refine((text) => text.isWellFormed() && !text.includes('\0'), 'A text has no NUL or broken Unicode characters.')
}
