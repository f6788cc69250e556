import type { ColumnFacts } from './column-facts.ts'
import type { ProvenFact } from './date-order-fact.ts'

/**
 * The mark that numbers prove to set off decimals: in `1,5` and `1.234,50` it is the comma. Undefined if none proves any
 * (`1,234` is either), or if they contradict each other.
 */
export function decimalMarkFact(texts: readonly string[]): ProvenFact<ColumnFacts['decimalMark']> {
  const proofs = { ',': [] as string[], '.': [] as string[] }
  let open: string | undefined
  for (const text of texts) {
    const digits = /\d[\d.,'’\s]*\d|\d/.exec(text)?.[0] ?? ''
    const mark = provenMark(digits)
    if (mark !== undefined) proofs[mark].push(text)
    else if (/[.,]/.test(digits)) open ??= text
  }
  const [comma, point] = [proofs[','], proofs['.']]
  if (comma.length + point.length === 0) {
    return {
      fact: undefined,
      because: open === undefined ? 'No number has a mark.' : `Nothing proves how “${open}” is meant.`,
    }
  }
  const fact = comma.length >= point.length * 19 ? ',' : point.length >= comma.length * 19 ? '.' : undefined
  if (fact === undefined)
    return { fact, because: `“${comma[0]}” has a decimal comma and “${point[0]}” a decimal point.` }
  const [proving, name] = fact === ',' ? [comma, 'comma'] : [point, 'point']
  return { fact, because: `${proving.length} numbers such as “${proving[0]}” can only have a decimal ${name}.` }
}

function provenMark(digits: string): ',' | '.' | undefined {
  const marks = digits.replace(/[^.,]/g, '')
  if (marks === '') return undefined
  const last = marks.at(-1) === ',' ? ',' : '.'
  const other = last === ',' ? '.' : ','
  // Two kinds of marks: the last sets off decimals. One kind twice: it groups.
  if (marks.includes(other)) return last
  if (marks.length > 1) return other
  const fraction = digits.length - 1 - digits.lastIndexOf(last)
  const whole = digits.lastIndexOf(last)
  return fraction === 3 && whole <= 3 && !digits.startsWith('0') ? undefined : last
}
