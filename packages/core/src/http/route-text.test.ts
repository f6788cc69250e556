import { expect, it } from 'vitest'
import { routeText } from './route-text.ts'

it.each([
  ['/api/v1/verify', '/api/v1/verify'],
  ['/crm/v3.1/objects/contacts/batch-read.json', '/crm/v3.1/objects/contacts/batch-read.json'],
  ['/contacts/123', '/contacts/:'],
  ['/users/ada@example.com/', '/users/:/'],
  ['/services/T024BE7LD/B2K4/XoLaPWlNzQJ9', '/services/:/:/:'],
  ['/tasks/8f14e45f-ceea-467f-a0e6-2b1b1b1b1b1b/results', '/tasks/:/results'],
  ['/thisisaverylongwordthatcouldwellbeatoken', '/:'],
])('%s is logged as %s', (path, route) => {
  expect(routeText(path, undefined, [])).toBe(route)
})

it('what a plugin says is logged, without secrets and cut off', () => {
  expect(routeText('/x', '/hooks/:id', [])).toBe('/hooks/:id')
  expect(routeText('/x', '/hooks/tok-en-1', ['tok-en-1'])).toBe('/hooks/***')
  expect(routeText('/secret/word', undefined, ['word'])).toBe('/secret/***')
  expect(routeText('/x', 'y'.repeat(500), [])).toHaveLength(200)
})
