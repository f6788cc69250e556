import { describe, expect, it } from 'vitest'
import { peopleOf, personText } from './people.ts'

const ada = { id: 'u1', name: 'Ada Lovelace', email: 'Ada@acme.com' }
const twin = { id: 'u2', name: 'Ada Lovelace' }
const odd = { id: 'u3', name: 'u1' }
const people = peopleOf([ada, twin, odd])

describe('people', () => {
  it.each([
    ['u1', ada],
    ['u2', twin],
    ['ada@ACME.com', ada],
    ['A. Lovelace <ada@acme.com>', ada],
    ['ada lovelace', ada],
    ['Somebody else', undefined],
    ['', undefined],
  ])('are found by %s', (text, person) => expect(people.find(text)).toBe(person))

  it('are kept in cells as text', () => {
    expect([ada, twin].map(personText)).toEqual(['Ada Lovelace <Ada@acme.com>', 'Ada Lovelace'])
  })
})
