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

/** Carries a fault up to the function that turns it into an {@link Outcome}; never leaves this room. */
export class FaultSignal extends Error {
  readonly fault: FormulaFault

  constructor(span: Span, message: string, expected?: string, suggestion?: string | null) {
    super(message)
    const hints = { ...(expected === undefined ? {} : { expected }), ...(suggestion == null ? {} : { suggestion }) }
    this.fault = { start: span.start, end: span.end, message, ...hints }
  }
}

/** Runs a step that may signal a fault. */
export function outcomeOf<Value>(step: () => Value): Outcome<Value> {
  try {
    return { ok: true, value: step() }
  } catch (error) {
    if (error instanceof FaultSignal) return { ok: false, faults: [error.fault] }
    throw error
  }
}

/** The smallest span that holds both. */
export function spanOf(first: Span, last: Span): Span {
  return { start: Math.min(first.start, last.start), end: Math.max(first.end, last.end) }
}
