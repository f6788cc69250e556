import { PGlite } from '@electric-sql/pglite'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Pattern, parsePattern } from './pattern.ts'
import { patternMatcher } from './pattern-match.ts'
import { printPattern } from './pattern-print.ts'

function pattern(source: string, ignoreCase = false): Pattern {
  const parsed = parsePattern(source, ignoreCase)
  if (!parsed.ok) throw new Error(`${parsed.message} at ${parsed.position}`)
  return parsed.pattern
}

const found = (source: string, text: string, ignoreCase = false) => {
  const match = patternMatcher(pattern(source, ignoreCase)).find(text)
  return match === null ? null : text.slice(match.start, match.end)
}

describe('a pattern', () => {
  test.each([
    ['a+b?', 'xaab', 'aab'],
    ['a|ab|abc', 'abcd', 'abc'],
    ['(?:a|b)*c', 'xxabac', 'abac'],
    ['^\\d{3}-\\d{2,}$', '123-4567', '123-4567'],
    ['[^a-c]', 'abcd', 'd'],
    ['[\\w.-]+@[\\w-]+', 'to a.b@acme', 'a.b@acme'],
    ['.', '😀', '😀'],
    ['\\u00e9', 'café', 'é'],
    ['a{2}', 'aaa', 'aa'],
    ['x*', 'abc', ''],
    ['[a\\]]+', 'x]a', ']a'],
  ])('%s finds the leftmost longest in %s', (source, text, expected) => {
    expect(found(source, text)).toBe(expected)
  })

  test('ignores the case of ASCII letters only', () => {
    expect(found('acme É', 'ACME É', true)).toBe('ACME É')
    expect(found('é', 'É', true)).toBeNull()
    expect(found('[^a]', 'A', true)).toBeNull()
  })

  test('takes time in proportion to the text', () => {
    const text = 'a'.repeat(20_000)
    const started = performance.now()
    expect(patternMatcher(pattern('^(?:a|aa|a*)*b$')).test(text)).toBe(false)
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  test.each([
    ['(a', 'this group is not closed', 0],
    ['a)', 'this closing bracket has no opening one', 1],
    ['[a', 'this class is not closed', 0],
    ['a**', 'a quantifier cannot follow a quantifier', 1],
    ['a+?', 'lazy quantifiers are not known; every quantifier takes as much as it can', 1],
    ['*a', '“*” has nothing to repeat; write “\\*” for the character', 0],
    ['a{2,1}', 'this repeat count runs backwards', 1],
    ['a{256}', 'repeat counts go up to 255', 1],
    ['(?=a)', 'only plain groups and (?:…) are known; look-around is not', 0],
    ['\\bword', '“\\b” is not known', 0],
    ['[z-a]', 'this range runs backwards', 2],
    ['[^\\s\\S]', 'this class matches no character', 0],
    ['(?:(?:a{255}){255}){255}', 'the pattern is too large; use smaller repeat counts', 0],
  ])('%s is refused', (source, message, position) => {
    expect(parsePattern(source)).toEqual({ ok: false, message, position })
  })

  test('never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'ab()[]{}\\^$.|*+?-,1dwsDu\0😀\ud800') }),
        fc.boolean(),
        (source, ignoreCase) => {
          parsePattern(source, ignoreCase)
        },
      ),
    )
  })
})

const atom = fc.oneof(
  fc.constantFrom('a', 'b', 'B', 'é', '😀', '1', '\\.', '\\*', '\\-', '\\]', '\\\\', '\\n', '-', ' ', ',', '_', ':'),
  fc.constantFrom(
    '.',
    '\\d',
    '\\w',
    '\\s',
    '\\D',
    '\\W',
    '\\S',
    '[ab]',
    '[^ab]',
    '[a-c1]',
    '[^\\w]',
    '[\\D5]',
    '[-a]',
    '[a\\]^]',
  ),
  fc.constantFrom('[é-ü]', '[^😀]', '[[:a]', '[\\[\\.a]', '[\\s\\S]', '[=a=]', '[!-~]', '(?:)', '()', '\\{1}'),
)
const quantifier = fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,}', '{0,2}', '{0}', '{2,3}')
const source = fc.letrec<{ source: string }>((tie) => ({
  source: fc.oneof(
    { depthSize: 'small' },
    fc
      .array(
        fc.tuple(atom, quantifier).map(([a, q]) => a + q),
        { maxLength: 4 },
      )
      .map((parts) => parts.join('')),
    fc.tuple(tie('source'), tie('source')).map(([a, b]) => `${a}|${b}`),
    fc.tuple(tie('source'), quantifier, fc.constantFrom('(', '(?:')).map(([a, q, open]) => `${open}${a})${q}`),
    fc.tuple(tie('source'), tie('source')).map(([a, b]) => a + b),
    tie('source').map((a) => `^${a}`),
    tie('source').map((a) => `${a}$`),
  ),
})).source
const text = fc.string({ unit: fc.constantFrom(...'aabbBAé😀1. -]\\\n,_:^[='), maxLength: 10 })

describe('PostgreSQL', () => {
  let db: PGlite
  beforeAll(async () => {
    db = await PGlite.create()
  })
  afterAll(() => db.close())

  test('finds the same match as we do, and our own print reads the same', async () => {
    const cases = fc
      .sample(fc.tuple(source, text, fc.boolean()), { numRuns: 3_000, seed: 11 })
      .filter(([candidate, , ignoreCase]) => parsePattern(candidate, ignoreCase).ok)
    const ours = cases.map(([candidate, sample, ignoreCase]) => {
      const parsed = pattern(candidate, ignoreCase)
      const printed = printPattern(parsed)
      expect(printPattern(pattern(printed))).toBe(printed)
      const match = patternMatcher(parsed).find(sample)
      expect(patternMatcher(parsed).test(sample)).toBe(match !== null)
      return { candidate, printed, sample, match: match === null ? null : sample.slice(match.start, match.end) }
    })
    const { rows } = await db.query<{ matched: boolean; whole: string | null }>(
      `select t collate "C" ~ p as matched, regexp_substr(t collate "C", p) as whole
       from unnest($1::text[], $2::text[]) with ordinality as u(t, p, o) order by o`,
      [ours.map(({ sample }) => sample), ours.map(({ printed }) => printed)],
    )
    const different = ours
      .map((our, index) => ({ ...our, theirs: rows[index] }))
      .filter(({ match, theirs }) => theirs?.matched !== (match !== null) || (match ?? '') !== (theirs.whole ?? ''))
    expect(cases.length).toBeGreaterThan(2_000)
    expect(different).toEqual([])
  })

  test('takes the largest patterns', async () => {
    for (const large of [
      '[a-z]{255}[^é]{255}[0-9a-z]{255}',
      `${'(?:'.repeat(50)}a${')'.repeat(50)}`,
      'a|'.repeat(499),
      '[^a]*b{200}|.{255}',
    ]) {
      const { rows } = await db.query<{ matched: boolean }>('select $1::text ~ $2 as matched', [
        'b'.repeat(300),
        printPattern(pattern(large)),
      ])
      expect(rows[0]?.matched).toBe(patternMatcher(pattern(large)).test('b'.repeat(300)))
    }
  })
})
