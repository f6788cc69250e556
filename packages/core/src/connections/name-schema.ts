import * as z from 'zod'

/** What people call a connection. */
export const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine((name) => name.isWellFormed() && !/\p{Cc}/u.test(name), 'A name has no control characters.')

/** A text of a vendor's or a plugin's as it may be kept and shown: without what no database or person can read. */
export function plainText(text: string, longest: number): string {
  return text
    .slice(0, longest)
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
}
