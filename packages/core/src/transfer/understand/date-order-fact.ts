import { say } from '../../sentences/say.ts'
import type { ColumnFacts } from './column-facts.ts'

/** A fact about a column's texts, and the sentence that says why. */
export interface ProvenFact<Fact> {
  readonly fact: Fact | undefined
  readonly because: string
}

/**
 * The order that dates in numbers prove: `31/12/2026` can only begin with the day, and so do dates with points unless one
 * of them shows that it does not. Undefined if none proves any, or if they contradict each other.
 */
export function dateOrderFact(texts: readonly string[]): ProvenFact<ColumnFacts['dateOrder']> {
  const proofs = { dmy: [] as string[], mdy: [] as string[], open: [] as string[] }
  for (const text of texts) {
    const [, first = '', second = ''] = /^(\d{1,2})[-/.\s]+(\d{1,2})[-/.\s]+\d{2,4}(?!\d)/.exec(text) ?? []
    if (first === '') continue
    const order = Number(first) > 12 ? 'dmy' : Number(second) > 12 ? 'mdy' : 'open'
    proofs[order].push(text)
  }
  const { mdy, open } = proofs
  const dmy = mdy.some(hasPoints) ? proofs.dmy : [...proofs.dmy, ...open.filter(hasPoints)]
  if (dmy.length + mdy.length === 0) {
    const ambiguous =
      open[0] === undefined
        ? say('Dates are not written in numbers.')
        : say('Nothing proves how “{example}” is meant.', { example: open[0] })
    return { fact: undefined, because: ambiguous }
  }
  // One in twenty may be a mistake.
  const fact = dmy.length >= mdy.length * 19 ? 'dmy' : mdy.length >= dmy.length * 19 ? 'mdy' : undefined
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

function hasPoints(text: string): boolean {
  return /^\d+\./.test(text)
}
