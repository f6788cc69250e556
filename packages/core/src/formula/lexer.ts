import { say } from '../sentences/say.ts'
import { decimalToNumber, readDecimal } from '../values/decimal.ts'
import type { ColumnReference } from './ast.ts'
import { formulaBounds } from './formula-bounds.ts'
import { faultAt } from './formula-fault.ts'
import type { Sign, Token } from './token.ts'

const signs: Readonly<Record<string, Sign>> = {
  '==': '=',
  '<>': '<>',
  '!=': '<>',
  '<=': '<=',
  '>=': '>=',
  '(': '(',
  ')': ')',
  '[': '[',
  ']': ']',
  ',': ',',
  ';': ',',
  '+': '+',
  '-': '-',
  '−': '-',
  '*': '*',
  '×': '*',
  '/': '/',
  '÷': '/',
  '%': '%',
  '^': '^',
  '&': '&',
  '=': '=',
  '≠': '<>',
  '<': '<',
  '≤': '<=',
  '>': '>',
  '≥': '>=',
  '?': '?',
  ':': ':',
}

/** What people write out of habit from elsewhere, and what it is called here. */
const foreignSigns: Readonly<Record<string, string>> = {
  '||': say('Join text with &, and write OR for “or”.'),
  '&&': say('Write AND.'),
  '!': say('Write NOT, or <> for “is not”.'),
  '{': say('Columns are written @{Name}, lists [1, 2].'),
  $: say('Cells have no addresses here; name the column: @column.'),
}

const closingQuotes: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '„': '“' }

/**
 * Splits a formula into tokens. A leading `=` is skipped.
 *
 * @throws FaultSignal with the place of what it cannot read
 */
export function readTokens(source: string): readonly Token[] {
  if (source.length > formulaBounds.length) {
    const place = { start: formulaBounds.length, end: source.length }
    throw faultAt(place, say('A formula has at most {#count} characters.', { count: formulaBounds.length }))
  }
  const tokens: Token[] = []
  const lexer = new Lexer(source)
  for (let token = lexer.next(); token !== null; token = lexer.next()) tokens.push(token)
  const [first] = tokens
  return first?.kind === 'sign' && first.sign === '=' ? tokens.slice(1) : tokens
}

const space = /[\s\u00a0\ufeff]*/y
const number = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y
const word = /[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*/y
const columnKey = /@([A-Za-z_][A-Za-z0-9_]*)/y
const columnId = /@<(?:([A-Za-z0-9_]+)|\{([A-Za-z0-9_]+)\})>/y

class Lexer {
  readonly #source: string
  #at = 0

  constructor(source: string) {
    this.#source = source
  }

  next(): Token | null {
    this.#match(space)
    const start = this.#at
    const character = this.#source[start]
    if (character === undefined) return null
    if (character === '@') return { ...this.#column(start), start, end: this.#at }
    if (Object.hasOwn(closingQuotes, character)) {
      return { kind: 'text', value: this.#text(start, closingQuotes[character] ?? ''), start, end: this.#at }
    }
    if (this.#source.startsWith('#REF!', start)) {
      this.#at += 5
      return { kind: 'lost-reference', start, end: this.#at }
    }
    const digits = this.#match(number)
    if (digits !== null) return { kind: 'number', value: this.#number(digits[0], start), start, end: this.#at }
    const name = this.#match(word)
    if (name !== null) return { kind: 'word', word: name[0].toUpperCase(), start, end: this.#at }
    return { kind: 'sign', sign: this.#sign(start), start, end: this.#at }
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#source)
    if (match !== null) this.#at += match[0].length
    return match
  }

  #fail(start: number, message: string, end = start + 1): never {
    throw faultAt({ start, end }, message)
  }

  #sign(start: number): Sign {
    const two = this.#source.slice(start, start + 2)
    const known = Object.hasOwn(signs, two) ? two : two[0]
    const foreign = [two, two[0] ?? ''].find((text) => Object.hasOwn(foreignSigns, text))
    if (foreign !== undefined && known?.length !== 2) {
      this.#fail(
        start,
        say('“{sign}” is not known here. {~hint}', { sign: foreign, hint: foreignSigns[foreign] ?? '' }),
        start + foreign.length,
      )
    }
    const sign = known !== undefined && Object.hasOwn(signs, known) ? signs[known] : undefined
    if (known === undefined || sign === undefined) {
      const shown = String.fromCodePoint(this.#source.codePointAt(start) ?? 0)
      this.#fail(start, say('“{sign}” has no meaning in a formula.', { sign: shown }), start + shown.length)
    }
    this.#at += known.length
    return sign
  }

  #number(digits: string, start: number): number {
    const decimal = readDecimal(digits.replace(/\.$/, ''))
    const value = decimal === null ? null : decimalToNumber(decimal)
    if (value === null || !value.ok || value.value === null) {
      this.#fail(
        start,
        say('This number cannot be used: {~reason}.', {
          reason: value?.ok === false ? value.reason : say('it is too large'),
        }),
        this.#at,
      )
    }
    return value.value
  }

  /** A quote inside is written twice; a backslash is a backslash, as patterns need it. */
  #text(start: number, quote: string): string {
    let text = ''
    for (let from = start + 1; ; ) {
      const end = this.#source.indexOf(quote, from)
      if (end < 0) this.#fail(start, say('This text has no closing quote.'), this.#source.length)
      text += this.#source.slice(from, end)
      this.#at = end + 1
      if (this.#source[end + 1] !== quote) break
      text += quote
      from = end + 2
    }
    if (text.includes('\0') || !text.isWellFormed()) {
      this.#fail(start, say('This text holds a character that no cell can keep.'), this.#at)
    }
    return text
  }

  #column(start: number): { readonly kind: 'column'; readonly reference: ColumnReference } {
    const id = this.#match(columnId)
    if (id !== null) {
      const shownBy = id[1] === undefined ? 'name' : 'key'
      return { kind: 'column', reference: { by: 'id', text: id[1] ?? id[2] ?? '', shownBy } }
    }
    const key = this.#match(columnKey)
    if (key !== null) return { kind: 'column', reference: { by: 'key', text: key[1] ?? '' } }
    if (this.#source[start + 1] !== '{') {
      this.#fail(start, say('A column is written @key or @{Column name}.'))
    }
    let name = ''
    for (let from = start + 2; ; ) {
      const end = this.#source.indexOf('}', from)
      if (end < 0) this.#fail(start, say('This column name has no closing “}”.'), this.#source.length)
      name += this.#source.slice(from, end)
      this.#at = end + 1
      if (this.#source[end + 1] !== '}') break
      name += '}'
      from = end + 2
    }
    return { kind: 'column', reference: { by: 'name', text: name } }
  }
}
