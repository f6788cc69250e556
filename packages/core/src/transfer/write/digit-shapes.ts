import type { CellText } from './cell-texts.ts'

/** Some of a number's text, and what stands before it when it is printed. */
interface Piece {
  readonly before: string
  readonly start: number
  readonly end: number
}

/** How numbers with the same count of digits before and after the point are printed; null: each in its own way. */
type Shape = { readonly pieces: readonly Piece[]; readonly after: string } | null

/** Every number of so many digits is a JavaScript number of its own. */
const mostDigits = 15

/**
 * Prints numbers by their shape: what a locale makes of -99999.9, with the digits exchanged, is what it makes of
 * -12345.6, and Intl takes five times as long. Where digits do not come out one for one (they are rounded, shifted, or
 * not Latin) the number goes to `print` itself.
 *
 * @param print must print numbers of one shape alike but for their digits, as number formats do
 */
export function shapedNumbers(print: CellText): CellText {
  const shapes = new Map<number, Shape>()
  return (text) => {
    const sign = text.startsWith('-') ? 1 : 0
    const point = text.indexOf('.')
    const whole = (point === -1 ? text.length : point) - sign
    const fraction = point === -1 ? 0 : text.length - point - 1
    // Zeros behind the point may be left out.
    if (whole + fraction > mostDigits || (fraction > 0 && text.endsWith('0'))) return print(text)
    // A zero before the point stays one: 0.5 is not printed as 9.5 is.
    const isZero = whole === 1 && text.charAt(sign) === '0'
    const key = (whole * 16 + fraction) * 4 + sign * 2 + (isZero ? 1 : 0)
    let shape = shapes.get(key)
    if (shape === undefined) {
      const wholeDigits = isZero ? '0' : '9'.repeat(whole)
      const sample = `${'-'.repeat(sign)}${wholeDigits}${point === -1 ? '' : `.${'9'.repeat(fraction)}`}`
      shape = shapeOf(sample, print(sample))
      shapes.set(key, shape)
    }
    if (shape === null) return print(text)
    let printed = ''
    for (const { before, start, end } of shape.pieces) printed += before + text.slice(start, end)
    return printed + shape.after
  }
}

/** null if the digits that were printed are not those of the sample, with zeros behind them. */
function shapeOf(sample: string, printed: string): Shape {
  const digits = sample.replace(/[-.]/g, '')
  const found = printed.replace(/\D/g, '')
  if (!found.startsWith(digits) || !/^0*$/.test(found.slice(digits.length))) return null
  const pieces: Piece[] = []
  let before = ''
  let place = 0
  for (const sign of printed) {
    if (place === sample.length || !/\d/.test(sign)) {
      before += sign
      continue
    }
    while (!/\d/.test(sample.charAt(place))) place += 1
    const last = pieces.at(-1)
    if (last !== undefined && before === '' && last.end === place) {
      pieces[pieces.length - 1] = { ...last, end: place + 1 }
    } else pieces.push({ before, start: place, end: place + 1 })
    before = ''
    place += 1
  }
  return { pieces, after: before }
}
