import fc from 'fast-check'
import { expect, it } from 'vitest'
import { escapeSpreadsheetText, unescapeSpreadsheetText } from './spreadsheet-escape.ts'

it.each([
  ['=1+1', "'=1+1"],
  ['+4930901820', "'+4930901820"],
  ['-5 apples', "'-5 apples"],
  ['@sum', "'@sum"],
  ['\t=1', "'\t=1"],
  ['＝1', "'＝1"],
  ["'=x", "''=x"],
])('%s goes out as %s', (text, escaped) => {
  expect(escapeSpreadsheetText(text)).toBe(escaped)
})

it.each(['', 'a=b', "'quoted'", '5', ' =1', "''"])('“%s” stays as it is', (text) => {
  expect(escapeSpreadsheetText(text)).toBe(text)
  expect(unescapeSpreadsheetText(text)).toBe(text)
})

it('every text comes back as it was', () => {
  const text = fc.string({ unit: fc.constantFrom(...'\'=+-@\t\r\n＝ab"'), maxLength: 6 })
  fc.assert(fc.property(text, (before) => unescapeSpreadsheetText(escapeSpreadsheetText(before)) === before))
})
