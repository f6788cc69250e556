import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { highlightFormula, markFaults } from './highlight.ts'

const looks = (source: string) => highlightFormula(source).map(({ kind, source: text }) => `${kind} ${text}`)

describe('highlightFormula', () => {
  it('tells columns, functions, texts, numbers and words apart', () => {
    expect(looks(`IF(@score > 1.5, "A ""b""", @{Deal name})`)).toEqual([
      'function IF',
      'plain (',
      'column @score',
      'plain  > ',
      'number 1.5',
      'plain , ',
      'text "A ""b"""',
      'plain , ',
      'column @{Deal name}',
      'plain )',
    ])
    expect(looks('@a AND not TRUE')).toEqual([
      'column @a',
      'plain  ',
      'word AND',
      'plain  ',
      'word not',
      'plain  ',
      'word TRUE',
    ])
  })

  it('takes a text or a name that is still open to the end', () => {
    expect(looks('1 & "open @x')).toEqual(['number 1', 'plain  & ', 'text "open @x'])
    expect(looks('@{Deal na')).toEqual(['column @{Deal na'])
  })

  it('loses no character, whatever is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), fc.nat(40), (source, a, b) => {
        const pieces = highlightFormula(source)
        const marked = markFaults(pieces, [{ start: Math.min(a, b), end: Math.max(a, b) }])
        for (const all of [pieces, marked]) expect(all.map((piece) => piece.source).join('')).toBe(source)
      }),
      { seed: 7 },
    )
  })
})

describe('markFaults', () => {
  const faulty = (source: string, start: number, end: number) =>
    markFaults(highlightFormula(source), [{ start, end }])
      .filter(({ isFaulty }) => isFaulty)
      .map((piece) => piece.source)
      .join('')

  it('marks exactly what the fault spans', () => {
    expect(faulty('LEN(@nmae)', 4, 9)).toBe('@nmae')
    expect(faulty('1 + + 2', 4, 5)).toBe('+')
  })

  it('marks the last character where something is missing at the end', () => {
    expect(faulty('LEN(@name', 9, 9)).toBe('e')
  })
})
