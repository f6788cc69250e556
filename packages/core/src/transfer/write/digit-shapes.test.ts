import fc from 'fast-check'
import { describe, it } from 'vitest'
import { builtInColumnTypes } from '../../values/built-in-types.ts'
import { testContext } from '../../values/testing/test-context.ts'
import { shapedNumbers } from './digit-shapes.ts'

const locales = ['en-US', 'de-DE', 'de-CH', 'en-IN', 'fr-FR', 'es-ES', 'pl-PL', 'ar-EG', 'ja-JP', 'hi-IN-u-nu-deva']

/** Numbers as the database writes them. */
const number = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 17n }), fc.nat(20), fc.nat(17))
  .map(([isNegative, digits, cut, decimals]) => {
    const text = String(digits).slice(0, cut + 1)
    const padded = text.padStart(decimals + 1, '0')
    const whole = padded.slice(0, padded.length - decimals)
    const plain = decimals === 0 ? whole : `${whole}.${padded.slice(-decimals)}`
    return isNegative && /[1-9]/.test(plain) ? `-${plain}` : plain
  })

const { number: numbers, currency: amounts } = builtInColumnTypes

describe.each(locales)('numbers printed by their shape in %s', (locale) => {
  const context = { ...testContext, locale }

  it.each([null, 0, 2])('are those that the type prints with %s decimals', (decimals) => {
    for (const settings of [
      numbers.settings.parse({ decimals }),
      numbers.settings.parse({ decimals, grouping: false }),
    ]) {
      const print = (text: string) => numbers.format(Number(text), settings, context)
      const shaped = shapedNumbers(print)
      fc.assert(fc.property(number, (text) => shaped(text) === print(text)))
    }
  })

  it.each(['EUR', 'JPY', 'USD'])('are amounts in %s', (code) => {
    const settings = amounts.settings.parse({ code })
    const print = (text: string) => amounts.format(Number(text), settings, context)
    const shaped = shapedNumbers(print)
    fc.assert(fc.property(number, (text) => shaped(text) === print(text)))
  })
})
