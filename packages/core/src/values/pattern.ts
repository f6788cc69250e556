import { say } from '../sentences/say.ts'
import {
  type CodePointSet,
  codePointSet,
  complement,
  digitSet,
  everyCodePoint,
  spaceSet,
  withOtherCase,
  wordSet,
} from './code-point-set.ts'

/** A pattern as parsed; every literal is a set of one code point, every class is spelled out. */
export type PatternNode =
  | { readonly kind: 'set'; readonly set: CodePointSet }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'sequence'; readonly of: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly of: readonly PatternNode[] }
  /** `capture` counts groups from 1 by their opening bracket; `null` for `(?:…)`. */
  | { readonly kind: 'group'; readonly of: PatternNode; readonly capture: number | null }
  /** Greedy; `max` is `null` for no limit. */
  | { readonly kind: 'repeat'; readonly of: PatternNode; readonly min: number; readonly max: number | null }

export interface Pattern {
  readonly root: PatternNode
  /** How many groups capture. */
  readonly captures: number
}

export type ParsedPattern =
  | { readonly ok: true; readonly pattern: Pattern }
  /** `position` counts UTF-16 units from 0, as editors do. */
  | { readonly ok: false; readonly message: string; readonly position: number }

/** The longest pattern, in UTF-16 units. */
const maxPatternLength = 1_000
/** The most repetitions that `{m,n}` may ask for. */
const maxPatternRepeat = 255
/** The most places a pattern may have once its `{m,n}` are written out; more would make PostgreSQL give up. */
const maxPatternSize = 2_000
const maxDepth = 50

class PatternFault extends Error {
  readonly position: number

  constructor(message: string, position: number) {
    super(message)
    this.position = position
  }
}

/**
 * Parses our regular expressions: literals, `.` (any character, line breaks too), classes `[a-z]` `[^…]`, `\d \w \s`
 * (ASCII) and `\D \W \S`, `\t \n \r \f \v \uXXXX`, anchors `^ $` (of the whole text), groups, alternation and the
 * greedy quantifiers `* + ? {m} {m,} {m,n}`. Anything else is refused with its position.
 *
 * @param ignoreCase lets ASCII letters match either case; it is worked into the sets, so it needs no flag later
 */
export function parsePattern(source: string, ignoreCase = false): ParsedPattern {
  try {
    if (source.length > maxPatternLength) {
      throw new PatternFault(
        say('the pattern is longer than {#count} characters', { count: maxPatternLength }),
        maxPatternLength,
      )
    }
    if (source.includes('\0') || !source.isWellFormed()) throw new PatternFault(say('the pattern is not valid text'), 0)
    return { ok: true, pattern: new PatternParser(source, ignoreCase).parse() }
  } catch (error) {
    if (error instanceof PatternFault) return { ok: false, message: error.message, position: error.position }
    throw error
  }
}

const escapedSets: Readonly<Record<string, CodePointSet>> = {
  d: digitSet,
  w: wordSet,
  s: spaceSet,
  D: complement(digitSet),
  W: complement(wordSet),
  S: complement(spaceSet),
}

const escapedControls: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13 }

class PatternParser {
  readonly #source: string
  readonly #ignoreCase: boolean
  #at = 0
  #captures = 0

  constructor(source: string, ignoreCase: boolean) {
    this.#source = source
    this.#ignoreCase = ignoreCase
  }

  parse(): Pattern {
    const root = this.#choice(0)
    if (this.#at < this.#source.length) this.#fail(say('this closing bracket has no opening one'))
    if (patternSize(root) > maxPatternSize) {
      throw new PatternFault(say('the pattern is too large; use smaller repeat counts'), 0)
    }
    return { root, captures: this.#captures }
  }

  #fail(message: string, position = this.#at): never {
    throw new PatternFault(message, position)
  }

  #take(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false
    this.#at += text.length
    return true
  }

  #codePoint(): number {
    const codePoint = this.#source.codePointAt(this.#at)
    if (codePoint === undefined) this.#fail(say('the pattern ends too early'))
    this.#at += codePoint > 0xffff ? 2 : 1
    return codePoint
  }

  #choice(depth: number): PatternNode {
    if (depth > maxDepth) this.#fail(say('groups are nested deeper than {#count}', { count: maxDepth }))
    const branches = [this.#sequence(depth)]
    while (this.#take('|')) branches.push(this.#sequence(depth))
    const [only] = branches
    return branches.length === 1 && only ? only : { kind: 'choice', of: branches }
  }

  #sequence(depth: number): PatternNode {
    const of: PatternNode[] = []
    while (this.#at < this.#source.length && !'|)'.includes(this.#source[this.#at] ?? '')) {
      const start = this.#at
      const atom = this.#atom(depth)
      of.push(this.#quantified(atom, start))
    }
    const [only] = of
    return of.length === 1 && only ? only : { kind: 'sequence', of }
  }

  #atom(depth: number): PatternNode {
    const start = this.#at
    if (this.#take('^')) return { kind: 'start' }
    if (this.#take('$')) return { kind: 'end' }
    if (this.#take('.')) return { kind: 'set', set: everyCodePoint }
    if (this.#take('[')) return { kind: 'set', set: this.#class(start) }
    if (this.#take('(')) return this.#group(depth, start)
    if (this.#take('\\')) {
      const escaped = this.#escape(start)
      return { kind: 'set', set: typeof escaped === 'number' ? this.#single(escaped) : escaped }
    }
    if ('*+?{'.includes(this.#source[start] ?? '')) {
      this.#fail(`“${this.#source[start]}” has nothing to repeat; write “\\${this.#source[start]}” for the character`)
    }
    return { kind: 'set', set: this.#single(this.#codePoint()) }
  }

  #single(codePoint: number): CodePointSet {
    const set: CodePointSet = [[codePoint, codePoint]]
    return this.#ignoreCase ? withOtherCase(set) : set
  }

  #group(depth: number, start: number): PatternNode {
    const capturing = !this.#take('?:')
    if (capturing && this.#take('?'))
      this.#fail(say('only plain groups and (?:…) are known; look-around is not'), start)
    const capture = capturing ? ++this.#captures : null
    const of = this.#choice(depth + 1)
    if (!this.#take(')')) this.#fail(say('this group is not closed'), start)
    return { kind: 'group', of, capture }
  }

  #escape(start: number): number | CodePointSet {
    const codePoint = this.#codePoint()
    const character = String.fromCodePoint(codePoint)
    const set = Object.hasOwn(escapedSets, character) ? escapedSets[character] : undefined
    if (set !== undefined) return set
    const control = Object.hasOwn(escapedControls, character) ? escapedControls[character] : undefined
    if (control !== undefined) return control
    if (character === 'u') {
      const digits = this.#source.slice(this.#at, this.#at + 4)
      const value = /^[0-9a-f]{4}$/i.test(digits) ? Number.parseInt(digits, 16) : 0
      if (value === 0 || (value >= 0xd800 && value <= 0xdfff)) this.#fail('\\u needs four hexadecimal digits', start)
      this.#at += 4
      return value
    }
    if (/[a-z0-9]/i.test(character)) this.#fail(`“\\${character}” is not known`, start)
    return codePoint
  }

  #class(start: number): CodePointSet {
    const negated = this.#take('^')
    const ranges: (readonly [number, number])[] = []
    while (!this.#take(']')) {
      if (this.#at >= this.#source.length) this.#fail(say('this class is not closed'), start)
      const from = this.#classItem()
      const dash = this.#at
      const isRange = this.#source[dash] === '-' && dash + 1 < this.#source.length && this.#source[dash + 1] !== ']'
      if (!isRange) {
        if (typeof from === 'number') ranges.push([from, from])
        else ranges.push(...from)
        continue
      }
      this.#at++
      const to = this.#classItem()
      if (typeof from !== 'number' || typeof to !== 'number')
        this.#fail(say('a range needs a character at both ends'), dash)
      if (to < from) this.#fail(say('this range runs backwards'), dash)
      ranges.push([from, to])
    }
    const listed = codePointSet(ranges)
    const set = this.#ignoreCase ? withOtherCase(listed) : listed
    const result = negated ? complement(set) : set
    if (result.length === 0) this.#fail(say('this class matches no character'), start)
    return result
  }

  #classItem(): number | CodePointSet {
    const start = this.#at
    return this.#take('\\') ? this.#escape(start) : this.#codePoint()
  }

  #quantified(atom: PatternNode, start: number): PatternNode {
    const at = this.#at
    const bounds = this.#quantifier()
    if (bounds === null) return atom
    if (atom.kind === 'start' || atom.kind === 'end') this.#fail(say('an anchor cannot be repeated'), start)
    if (this.#take('?')) this.#fail(say('lazy quantifiers are not known; every quantifier takes as much as it can'), at)
    if (this.#quantifier() !== null) this.#fail(say('a quantifier cannot follow a quantifier'), at)
    return { kind: 'repeat', of: atom, ...bounds }
  }

  #quantifier(): { readonly min: number; readonly max: number | null } | null {
    const start = this.#at
    if (this.#take('*')) return { min: 0, max: null }
    if (this.#take('+')) return { min: 1, max: null }
    if (this.#take('?')) return { min: 0, max: 1 }
    if (!this.#take('{')) return null
    const close = this.#source.indexOf('}', start)
    const match = close < 0 ? null : /^(\d{1,3})(?:(,)(\d{1,3})?)?$/.exec(this.#source.slice(start + 1, close))
    if (!match) this.#fail('a repeat count reads {2}, {2,} or {2,5}; write “\\{” for the character', start)
    this.#at = close + 1
    const min = Number(match[1])
    const max = match[2] === undefined ? min : match[3] === undefined ? null : Number(match[3])
    if (Math.max(min, max ?? 0) > maxPatternRepeat)
      this.#fail(say('repeat counts go up to {#count}', { count: maxPatternRepeat }), start)
    if (max !== null && max < min) this.#fail(say('this repeat count runs backwards'), start)
    return { min, max }
  }
}

/** How many places the pattern has once its repeats are written out. */
function patternSize(node: PatternNode): number {
  switch (node.kind) {
    case 'set':
    case 'start':
    case 'end':
      return 1
    case 'sequence':
    case 'choice':
      return node.of.reduce((sum, part) => sum + patternSize(part) + 1, 0)
    case 'group':
      return patternSize(node.of)
    case 'repeat':
      return (patternSize(node.of) + 1) * Math.max(1, node.min, node.max ?? node.min + 1)
  }
}
