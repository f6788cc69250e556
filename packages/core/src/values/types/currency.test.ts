import { expect, test } from 'vitest'
import { parseWith } from '../testing/parse-with.ts'
import { currencyType } from './currency.ts'

test.each([
  ['CA$5', 'CAD', 'en-US', 5],
  ['$5', 'CAD', 'en-US', 5],
  ['5 kr', 'SEK', 'sv-SE', 5],
  ['kr 5', 'NOK', 'en-US', 5],
  ['1.234,50 EUR', 'EUR', 'de-DE', 1234.5],
  ['EUR1,234.50', 'EUR', 'en-US', 1234.5],
  ['¥1,200', 'JPY', 'en-US', 1200],
  ['￥1,200', 'JPY', 'ja-JP', 1200],
  ['($5.00)', 'USD', 'en-US', -5],
  ['$1.5M', 'USD', 'en-US', 1500000],
  ['5 zł', 'PLN', 'pl-PL', 5],
  ['R$ 1.234,56', 'BRL', 'pt-BR', 1234.56],
  ['usd 7', 'USD', 'en-US', 7],
])('reads %s in a column of %s under %s as %d', (input, code, locale, value) => {
  expect(parseWith(currencyType, input, { code }, { locale })).toBe(value)
})

test.each(['5 CHF', '€ 5', 'US 5', '5 dollars', '$$5'])('refuses %s in a column of USD', (input) => {
  expect(parseWith(currencyType, input)).toBeInstanceOf(Error)
})

test('knows how many decimals a currency has', () => {
  const format = (code: string) =>
    currencyType.format(5, currencyType.settings.parse({ code }), { locale: 'en-US', timeZone: 'UTC', now: new Date() })
  expect([format('USD'), format('JPY')]).toEqual(['$5.00', '¥5'])
})
