import { formulaBounds } from './formula-bounds.ts'

/** A place in the text of a formula, in UTF-16 units from 0, as editors count; `end` is the first unit after it. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Why a formula is refused, and where. Plain data: editors show it, the API hands it on. */
export interface FormulaFault extends Span {
  /** What happened and what to do, in whole sentences. */
  readonly message: string
  /** What would have been right here, where that has a name: `a value`, `number`. */
  readonly expected?: string
  /** What was most likely meant: text that takes the place of the span. */
  readonly suggestion?: string
}

/** The outcome of reading a formula. */
export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly faults: readonly FormulaFault[] }

/** Carries faults up to the function that turns them into an {@link Outcome}; never leaves this room. */
export class FaultSignal extends Error {
  /** The first ones, if there are many. */
  readonly faults: readonly FormulaFault[]

  constructor(faults: readonly FormulaFault[]) {
    super(faults[0]?.message)
    this.faults = faults.slice(0, formulaBounds.faults)
  }
}

export function faultAt(span: Span, message: string, expected?: string, suggestion?: string | null): FaultSignal {
  const hints = { ...(expected === undefined ? {} : { expected }), ...(suggestion == null ? {} : { suggestion }) }
  return new FaultSignal([{ start: span.start, end: span.end, message, ...hints }])
}

/** Runs a step that may signal a fault. */
export function outcomeOf<Value>(step: () => Value): Outcome<Value> {
  try {
    return { ok: true, value: step() }
  } catch (error) {
    if (error instanceof FaultSignal) return { ok: false, faults: error.faults }
    throw error
  }
}

/** The smallest span that holds both. */
export function spanOf(first: Span, last: Span): Span {
  return { start: Math.min(first.start, last.start), end: Math.max(first.end, last.end) }
}
