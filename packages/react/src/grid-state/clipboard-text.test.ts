import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildTsv, parseTsv } from './clipboard-text.ts'

describe('tab-separated text', () => {
  it('reads what Excel puts on the clipboard', () => {
    expect(parseTsv('a\tb\r\n1\t2\r\n')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
  })

  it('reads cells with line breaks, tabs and quotes', () => {
    expect(parseTsv('"two\nlines"\t"say ""hi"""\n"a\tb"\t5" pipe')).toEqual([
      ['two\nlines', 'say "hi"'],
      ['a\tb', '5" pipe'],
    ])
  })

  it('takes an unbalanced quote as a character', () => {
    expect(parseTsv('"oops\tb')).toEqual([['"oops', 'b']])
    expect(parseTsv('"a"b\tc')).toEqual([['"a"b', 'c']])
  })

  it('keeps empty cells and lines', () => {
    expect(parseTsv('a\t\t\n\nb')).toEqual([['a', '', ''], [''], ['b']])
    expect(parseTsv('')).toEqual([['']])
  })

  it('gives back whatever was built', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ä', '"', '\t', '\n', '\r', ' ', '💡') })
    const matrix = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(matrix, (lines) => {
        const text = buildTsv(lines)
        fc.pre(!(lines.at(-1)?.length === 1 && lines.at(-1)?.[0] === '' && lines.length > 1))
        expect(parseTsv(text)).toEqual(lines)
      }),
    )
  })

  it('reads 1,000,000 cells in a moment', () => {
    const text = 'one\ttwo\tthree\tfour\tfive\n'.repeat(200_000)
    const before = performance.now()
    expect(parseTsv(text)).toHaveLength(200_000)
    expect(performance.now() - before).toBeLessThan(5_000)
  })
})
