import { expect, it } from 'vitest'
import { headerWords } from './header-words.ts'
import { meaningOf, synonyms } from './synonyms.ts'

it('every synonym is written as headers are compared, and has one meaning', () => {
  const all = Object.values(synonyms).flatMap((list) => list.split(', '))
  expect(all.filter((words) => headerWords(words) !== words)).toEqual([])
  const joined = all.map((words) => words.replaceAll(' ', ''))
  const owners = Object.entries(synonyms).flatMap(([meaning, list]) =>
    list.split(', ').map((words) => [words.replaceAll(' ', ''), meaning] as const),
  )
  const claimed = joined.filter(
    (words) => new Set(owners.filter(([own]) => own === words).map(([, meaning]) => meaning)).size > 1,
  )
  expect(claimed).toEqual([])
})

it.each([
  ['E-mail Address', 'email'],
  ['WORK_EMAIL', 'email'],
  ['firstName', 'first name'],
  ['Prénom', 'first name'],
  ['Org', 'company'],
  ['LinkedIn URL', 'linkedin'],
  ['Mobile #', 'mobile'],
  ['# Employees', 'employees'],
  ['Straße', 'street'],
  ['Anything else', null],
])('%s means %s', (header, meaning) => {
  expect(meaningOf(header)).toBe(meaning)
})
