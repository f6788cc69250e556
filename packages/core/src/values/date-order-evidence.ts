import type { DateInputOrder } from './date-input.ts'

/**
 * What numeric dates such as `31/12/2026` say of their order: the order that some of them prove, `locale` if none
 * proves any, `contradictory` if both orders are proven and neither for 95 % of the proofs. Points between the numbers
 * are a proof that the day comes first, unless one such date shows that it does not.
 */
export function dateOrderEvidence(samples: readonly string[]): DateInputOrder | 'contradictory' {
  let dayFirst = 0
  let monthFirst = 0
  let pointed = 0
  let isMonthPointed = false
  for (const sample of samples) {
    const match = /^(\d{1,2})([-/.\s]+)(\d{1,2})[-/.\s]+\d{2,4}(?!\d)/.exec(sample)
    if (!match) continue
    const hasPoints = match[2]?.startsWith('.') === true
    if (Number(match[1]) > 12) dayFirst++
    else if (Number(match[3]) > 12) {
      monthFirst++
      isMonthPointed ||= hasPoints
    } else if (hasPoints) pointed++
  }
  if (!isMonthPointed) dayFirst += pointed
  if (dayFirst + monthFirst === 0) return 'locale'
  if (dayFirst >= monthFirst * 19) return 'dmy'
  return monthFirst >= dayFirst * 19 ? 'mdy' : 'contradictory'
}
