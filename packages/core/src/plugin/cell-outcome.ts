import type { Json } from '../values/json.ts'

interface Provenance {
  /** How sure the vendor is, 0 to 1. */
  readonly confidence?: number
  /** Who gave the value, where that is not the plugin's part itself: a vendor behind the vendor. */
  readonly provider?: string
  /** What it cost in the unit of the part's `cost`, where the vendor says so. @default what `cost` declares */
  readonly cost?: number
  /** The vendor's answer as it came, for people and for formulas; kept up to 64 KB. */
  readonly raw?: Json
}

/** The value was obtained; `null` says that the vendor knows there is none. */
export interface Done<Value> extends Provenance {
  readonly status: 'done'
  readonly value: Value | null
}

/** The value could not be obtained: "could not ask", never a verdict of the vendor's. */
export interface Failed extends Provenance {
  readonly status: 'failed'
  /** Short and stable, so that people can filter by it: `429`, `NO_CREDITS`. At most 60 characters. */
  readonly code: string
  /** What happened and what to do, for people. No secret. */
  readonly message: string
  /** Whether the same call may succeed later. */
  readonly retryable: boolean
}

/** Nothing was asked, and that is right: no input, not of interest. */
export interface Skipped {
  readonly status: 'skipped'
  /** Why, for people. */
  readonly reason: string
}

/** What became of one cell, or of one row of an action. */
export type Outcome<Value> = Done<Value> | Failed | Skipped

/** Outcomes by the `key` of what was given in, in any order: a `Map`, or pairs. What is missing has failed. */
export type Outcomes<Value> = Iterable<readonly [key: string, outcome: Outcome<Value>]>

/** @example return done(answer.status, { raw: answer, confidence: answer.overall_score / 100 }) */
export function done<Value>(value: Value | null, more: Provenance = {}): Done<Value> {
  return { ...more, status: 'done', value }
}

/** @example return failed('NO_MAILBOX', 'The mailbox is full. Try again later.', { retryable: true }) */
export function failed(
  code: string,
  message: string,
  more: Provenance & { readonly retryable?: boolean } = {},
): Failed {
  return { retryable: false, ...more, status: 'failed', code, message }
}

/** @example return skipped('A personal address: there is no company behind it.') */
export function skipped(reason: string): Skipped {
  return { status: 'skipped', reason }
}
