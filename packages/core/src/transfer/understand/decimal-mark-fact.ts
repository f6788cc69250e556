import { say } from '../../sentences/say.ts'
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
      because:
        open === undefined
          ? say('No number has a mark.')
          : say('Nothing proves how “{example}” is meant.', { example: open }),
    }
  }
  const fact = comma.length >= point.length * 19 ? ',' : point.length >= comma.length * 19 ? '.' : undefined
  if (fact === undefined)
    return {
      fact,
      because: say('“{comma}” has a decimal comma and “{point}” a decimal point.', {
        comma: comma[0] ?? '',
        point: point[0] ?? '',
      }),
    }
  const because =
    fact === ','
      ? say('{#count} numbers such as “{example}” can only have a decimal comma.', {
          count: comma.length,
          example: comma[0] ?? '',
        })
      : say('{#count} numbers such as “{example}” can only have a decimal point.', {
          count: point.length,
          example: point[0] ?? '',
        })
  return { fact, because }
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
