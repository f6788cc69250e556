import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formulaErrors } from '../formula/formula-error.ts'
import { builtInColumnTypes } from '../values/built-in-types.ts'
import { type KnownSentence, readSentence } from './read-sentence.ts'
import { say } from './say.ts'
import { type SentenceKey, type SentenceText, sentences } from './sentences.ts'

const all = Object.entries(sentences) as [SentenceKey, SentenceText][]
const holesOf = (text: string) =>
  [...text.matchAll(/\{([#~]?)([a-z]\w*)\}/g)].map(([, kind, name]) => [kind, name ?? ''])

const plain = fc.string({ unit: fc.constantFrom(...'abcXYZ 0123äß“”"\''), minLength: 1, maxLength: 12 })
const filled = fc.constantFrom(...all).chain(([key, text]) => {
  const values = holesOf(text).map(([kind, name]) =>
    fc.tuple(
      fc.constant(name),
      kind === '#' ? fc.integer({ min: 0, max: 2_000_000 }) : kind === '~' ? fc.constant('text') : plain,
    ),
  )
  return fc.tuple(
    fc.constant(key),
    fc.constant(text),
    fc.tuple(...values).map((pairs) => Object.fromEntries(pairs)),
  )
})

/** A sentence of any hole, which no caller in the sources has. */
const sayAny = say as (text: SentenceText, values?: Readonly<Record<string, string | number>>) => string

describe('a sentence', () => {
  it('is found out by its English, whatever stands in its holes', () => {
    fc.assert(
      fc.property(filled, ([key, text, values]) => {
        const said = sayAny(text, values)
        const known = readSentence(said)
        expect(known, said).not.toBeNull()
        // Where its values happen to make another one as well, that one says the same.
        if (known?.key === key) return
        expect(sayAny(sentences[known?.key ?? key], plainValues(known?.values ?? {})), said).toBe(said)
      }),
      { numRuns: 3_000 },
    )
  })

  it('without holes is itself, and no text is that of two', () => {
    const closed = all.filter(([, text]) => holesOf(text).length === 0)
    expect(closed.map(([, text]) => readSentence(text)?.key)).toEqual(closed.map(([key]) => key))
    expect(new Set(all.map(([, text]) => text)).size).toBe(all.length)
  })

  it('has other sentences in it', () => {
    const fault = say('{word} is a function; write {name}(…).', { word: 'LEFT', name: 'LEFT' })
    const text = say('Column "{column}": {~fault}', { column: 'Total', fault })
    expect(readSentence(text)).toEqual({
      key: 'column.of-column',
      text,
      values: {
        column: 'Total',
        fault: { key: 'formula.function-without-brackets', text: fault, values: { word: 'LEFT', name: 'LEFT' } },
      },
    })
    const hint = say(' Did you mean "{name}"?', { name: 'v. 2' })
    expect(readSentence(say('There is no column {column}.{~hint}', { column: '@v.1', hint }))?.values).toEqual({
      column: '@v.1',
      hint: { key: 'query.did-you-mean', text: hint, values: { name: 'v. 2' } },
    })
  })

  it('is whatever a column type or a formula is refused with', () => {
    const refusals = Object.values(builtInColumnTypes).flatMap(({ examples }) =>
      examples.flatMap((example) => ('refused' in example ? [example.refused] : [])),
    )
    const failures = Object.values(formulaErrors).map(({ sentence }) => sentence)
    expect(refusals.length).toBeGreaterThan(30)
    expect([...refusals, ...failures].filter((text) => readSentence(text) === null)).toEqual([])
  })

  it('has its numbers as numbers', () => {
    expect(say('A formula has at most {#count} characters.', { count: 10_000 })).toBe(
      'A formula has at most 10,000 characters.',
    )
    expect(readSentence('A formula has at most 10,000 characters.')?.values).toEqual({ count: 10_000 })
  })

  it('of a vendor, of a rule or without end is none', () => {
    expect(readSentence('HubSpot says no.')).toBeNull()
    expect(readSentence('')).toBeNull()
    expect(readSentence(`There is no table "${'x'.repeat(3_000)}".`)).toBeNull()
    expect(readSentence(`There is no column ${'.'.repeat(1_900)}!`)).toBeNull()
  })
})

function plainValues(values: Readonly<Record<string, unknown>>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (typeof value === 'string' || typeof value === 'number') return [name, value]
      return [name, (value as KnownSentence).text]
    }),
  )
}
