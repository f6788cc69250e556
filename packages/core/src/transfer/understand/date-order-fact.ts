import { say } from '../../sentences/say.ts'
import { dateOrderEvidence } from '../../values/date-order-evidence.ts'
import type { ColumnFacts } from './column-facts.ts'

/** A fact about a column's texts, and the sentence that says why. */
export interface ProvenFact<Fact> {
  readonly fact: Fact | undefined
  readonly because: string
}

/** The order that dates in numbers prove. Undefined if none proves any, or if they contradict each other. */
export function dateOrderFact(texts: readonly string[]): ProvenFact<ColumnFacts['dateOrder']> {
  const { dmy, mdy, open, proven: fact } = dateOrderEvidence(texts)
  if (dmy.length + mdy.length === 0) {
    const ambiguous =
      open[0] === undefined
        ? say('Dates are not written in numbers.')
        : say('Nothing proves how “{example}” is meant.', { example: open[0] })
    return { fact, because: ambiguous }
  }
  if (fact === undefined) {
    return {
      fact,
      because: say('“{day}” begins with the day and “{month}” with the month.', {
        day: dmy[0] ?? '',
        month: mdy[0] ?? '',
      }),
    }
  }
  const because =
    fact === 'dmy'
      ? say('{#count} dates such as “{example}” can only begin with the day.', {
          count: dmy.length,
          example: dmy[0] ?? '',
        })
      : say('{#count} dates such as “{example}” can only begin with the month.', {
          count: mdy.length,
          example: mdy[0] ?? '',
        })
  return { fact, because }
}
