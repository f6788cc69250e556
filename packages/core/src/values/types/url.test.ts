import { expect, test } from 'vitest'
import { parseWith } from '../testing/parse-with.ts'
import { urlType } from './url.ts'

test.each([
  ['//acme.com/x', 'https://acme.com/x'],
  ['https://acme.com:443/a/../b#c', 'https://acme.com/b#c'],
  ['müller.de/ä', 'https://xn--mller-kva.de/%C3%A4'],
  ['acme.com:8080', 'https://acme.com:8080/'],
  ['http://10.0.0.1/', 'http://10.0.0.1/'],
  ['http://[::1]:3000/', 'http://[::1]:3000/'],
])('reads %s as %s', (input, value) => {
  expect(parseWith(urlType, input)).toBe(value)
})

test.each([
  'data:text/html,x',
  'JAVASCRIPT:alert(1)',
  'java\tscript:alert(1)',
  'mailto:a@acme.com',
  'https://user:secret@acme.com',
  'https://',
  'http://acme .com',
  'tel:5551234',
  'http:acme',
  'acme..com',
  'https:\\\\acme.com',
  `https://acme.com/${'a'.repeat(8_000)}`,
])('refuses %s', (input) => {
  expect(parseWith(urlType, input)).toBeInstanceOf(Error)
})
