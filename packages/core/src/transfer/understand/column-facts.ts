import * as z from 'zod'

/** How the texts of one column of a file are to be read, where they could be read in several ways. */
export const columnFactsSchema = z.strictObject({
  /** How `01/02/2026` is meant. @default the column's setting, else the org's locale */
  dateOrder: z.enum(['dmy', 'mdy', 'ymd']).optional(),
  /** What sets off decimals in `1.234` and `1,234`. @default by the org's locale */
  decimalMark: z.enum(['.', ',']).optional(),
  /** IANA zone of times without one. @default the org's */
  timeZone: z.string().max(100).optional(),
})

export type ColumnFacts = z.output<typeof columnFactsSchema>
