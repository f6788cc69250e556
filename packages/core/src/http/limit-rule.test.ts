import { expect, it } from 'vitest'
import { limitRule } from './limit-rule.ts'

it.each([
  ['/verify', '/verify', true],
  ['/verify', '/verify/', true],
  ['/verify', '/verify/more', false],
  ['/lists/:id', '/lists/7', true],
  ['/lists/:id', '/lists/', false],
  ['/lists/:id/members', '/lists/a.b/members', true],
  ['/crm/*', '/crm/objects/contacts', true],
  ['/crm/*', '/crmx', false],
  ['/a.b', '/axb', false],
])('the path %s counts %s: %s', (pattern, path, counts) => {
  expect(limitRule({ max: 1, perMs: 1_000, paths: [pattern] }).counts('GET', path)).toBe(counts)
})

it('counts calls by method where it names some', () => {
  const rule = limitRule({ max: 1, perMs: 1_000, methods: ['POST'] })
  expect([rule.counts('POST', '/'), rule.counts('GET', '/')]).toEqual([true, false])
})

it('never lets more than the limit go in a window, burst and pace together', () => {
  for (const burst of [1, 2, 5, 10, 11]) {
    const rule = limitRule({ max: 10, perMs: 1_000, burst })
    if (rule.kind !== 'pace') throw new Error('A window of a second is paced.')
    const afterBurst = Math.floor((1_000 - 1e-9) / rule.intervalMs)
    expect(Math.min(burst, 10) + afterBurst).toBeLessThanOrEqual(10)
  }
})

it('counts long windows as budgets, and calls under way as such', () => {
  expect(limitRule({ max: 500, perMs: 86_400_000 }).kind).toBe('budget')
  expect(limitRule({ maxInFlight: 5 })).toMatchObject({ kind: 'in-flight', max: 5, sharedBy: 'connection' })
})
