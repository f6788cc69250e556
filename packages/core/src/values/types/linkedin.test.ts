import { expect, test } from 'vitest'
import { parseWith } from '../testing/parse-with.ts'
import { linkedinType } from './linkedin.ts'

test.each([
  ['www.linkedin.com/pub/ada-lovelace/1/2/3', 'https://www.linkedin.com/in/ada-lovelace'],
  ['HTTPS://LINKEDIN.COM/IN/ADA', 'https://www.linkedin.com/in/ada'],
  ['/company/acme-inc/', 'https://www.linkedin.com/company/acme-inc'],
  ['https://www.linkedin.com/in/jos%C3%A9', 'https://www.linkedin.com/in/jos%C3%A9'],
])('reads %s as %s', (input, value) => {
  expect(parseWith(linkedinType, input)).toBe(value)
})

test.each([
  'linkedin.com',
  'linkedin.com/in/',
  'notlinkedin.com/in/ada',
  'linkedin.com.evil.io/in/ada',
  'linkedin.com/in/%zz',
  'ada',
])('refuses %s', (input) => {
  expect(parseWith(linkedinType, input)).toBeInstanceOf(Error)
})
