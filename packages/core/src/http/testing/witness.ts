import * as z from 'zod'
import type { JournalEntry } from '../../testing/simulator/simulator-journal.ts'

/** How things stood in the process of a call as it went out. */
export interface Witness {
  readonly process: number
  /** In milliseconds since 1970, with fractions. */
  readonly sentAt: number
  /** The longest that the process has waited for slots: so much later than the database meant can a call be. */
  readonly leaseMs: number
  /** The part of its timers that were punctual enough for a call. */
  readonly onTime: number
  /** Whether the process had heard of a refusal. */
  readonly wasRefused: boolean
}

const header = 'x-witness'

const witnessSchema = z.object({
  process: z.number(),
  sentAt: z.number(),
  leaseMs: z.number(),
  onTime: z.number(),
  wasRefused: z.boolean(),
})

export function headersOf(witness: Witness): Readonly<Record<string, string>> {
  return { [header]: JSON.stringify(witness) }
}

/** What a call told the vendor of its process. */
export function witnessOf({ headers }: JournalEntry): Witness {
  return witnessSchema.parse(JSON.parse(headers[header] ?? ''))
}
