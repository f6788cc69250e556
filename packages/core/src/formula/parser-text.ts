import { say } from '../sentences/say.ts'
import type { Expression } from './ast.ts'
import { formulaBounds } from './formula-bounds.ts'
import { faultAt, type Span } from './formula-fault.ts'
import type { Sign, Token } from './token.ts'
import { tokenText } from './token-text.ts'

/** What a placeholder in the text for expr-eval stands for. */
export type Placeholder =
  | { readonly kind: 'operand'; readonly expression: Expression }
  /** A function, IF … THEN …, NOT …, a list, or (`GROUP`) brackets. */
  | { readonly kind: 'call'; readonly name: string; readonly nameSpan: Span; readonly start: number; end: number }

/** A formula in the words of expr-eval: placeholders `p0`, `p1` …, calls, and the operators that both know. */
export interface ParserText {
  readonly text: string
  readonly placeholders: readonly Placeholder[]
}

/** Name of the call that stands for a pair of brackets. */
export const groupCall = '(group)'

type Call = Extract<Placeholder, { kind: 'call' }>

/** Something that is open: brackets until their end, words until their operand ends. */
type Frame =
  | { readonly kind: 'brackets'; readonly closing: ')' | ']'; readonly call: Call; args: number }
  | { readonly kind: 'not'; readonly call: Call }
  | { readonly kind: 'if'; readonly call: Call; phase: 'condition' | 'then' | 'else' }
  | { readonly kind: 'choice'; readonly token: Token; phase: 'then' | 'else' }

const operators: Partial<Record<Sign, string>> = {
  '+': '+',
  '-': '-',
  '*': '*',
  '/': '/',
  '^': '^',
  '&': '||',
  '=': '==',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
}

/**
 * Checks that operands and operators take turns and that everything opened is closed, and writes the formula for
 * expr-eval, which then cannot fail on it.
 *
 * @throws FaultSignal with the place of the first mistake
 */
export function writeParserText(tokens: readonly Token[], sourceLength: number): ParserText {
  return new ParserTextWriter(tokens, sourceLength).write()
}

class ParserTextWriter {
  readonly #tokens: readonly Token[]
  readonly #sourceLength: number
  readonly #text: string[] = []
  readonly #placeholders: Placeholder[] = []
  readonly #frames: Frame[] = []
  #at = 0
  #operations = 0
  /** Signs and powers that stand in a row; expr-eval descends for each. */
  #run = 0

  constructor(tokens: readonly Token[], sourceLength: number) {
    this.#tokens = tokens
    this.#sourceLength = sourceLength
  }

  write(): ParserText {
    let wantsOperand = true
    for (; this.#at < this.#tokens.length; this.#at++) {
      const token = this.#tokens[this.#at]
      if (token === undefined) break
      wantsOperand = wantsOperand ? this.#operand(token) : this.#operator(token)
    }
    if (wantsOperand) this.#missingOperand({ start: this.#sourceLength, end: this.#sourceLength })
    this.#closeWords()
    const open = this.#frames.at(-1)
    if (open?.kind === 'choice') this.#fail(open.token, say('This “?” needs a “:” with the other value after it.'))
    if (open?.kind === 'brackets')
      this.#fail(open.call.nameSpan, say('This bracket is not closed.'), `“${open.closing}”`)
    return { text: this.#text.join(' '), placeholders: this.#placeholders }
  }

  #fail(span: Span, message: string, expected?: string): never {
    throw faultAt(span, message, expected)
  }

  #missingOperand(span: Span): never {
    const before = this.#tokens[this.#at - 1]
    const message =
      before === undefined
        ? say('A value is missing: a column, a number, a text in quotes or a function.')
        : say('A value is missing after “{token}”: a column, a number, a text in quotes or a function.', {
            token: tokenText(before),
          })
    this.#fail(span, message, 'a value')
  }

  #missingOperator(token: Token): never {
    const message = say('An operator is missing before “{token}”, such as & or +.', { token: tokenText(token) })
    this.#fail(token, message, 'an operator')
  }

  #operation(span: Span): void {
    this.#operations += 1
    if (this.#operations > formulaBounds.operations) {
      this.#fail(
        span,
        say('A formula has at most {#count} operators and functions; split it over two columns.', {
          count: formulaBounds.operations,
        }),
      )
    }
  }

  #depth(span: Span): void {
    if (this.#frames.length + this.#run > formulaBounds.depth) {
      this.#fail(
        span,
        say('The formula is nested deeper than {#count} levels; split it over two columns.', {
          count: formulaBounds.depth,
        }),
      )
    }
  }

  #put(placeholder: Placeholder): void {
    this.#text.push(`p${this.#placeholders.length}`)
    this.#placeholders.push(placeholder)
  }

  #open(name: string, nameSpan: Span): Call {
    const call: Call = { kind: 'call', name, nameSpan, start: nameSpan.start, end: nameSpan.end }
    this.#put(call)
    this.#text.push('(')
    this.#operation(nameSpan)
    return call
  }

  #push(frame: Frame, span: Span): void {
    this.#frames.push(frame)
    this.#depth(span)
  }

  /** Whether an operand is still wanted after the token. */
  #operand(token: Token): boolean {
    switch (token.kind) {
      case 'number':
      case 'text':
        this.#value({ kind: token.kind, value: token.value, span: spanOnly(token) } as Expression)
        return false
      case 'column':
        this.#value({ kind: 'column', reference: token.reference, span: spanOnly(token) })
        return false
      case 'lost-reference':
        this.#value({ kind: 'lost-reference', span: spanOnly(token) })
        return false
      case 'word':
        return this.#word(token)
      case 'sign':
        return this.#openingSign(token)
      default:
        return token satisfies never
    }
  }

  #value(expression: Expression): void {
    this.#put({ kind: 'operand', expression })
    this.#run = 0
  }

  #openingSign(token: Token & { readonly kind: 'sign' }): boolean {
    if (token.sign === '(' || token.sign === '[') {
      const isList = token.sign === '['
      const call = this.#open(isList ? 'LIST' : groupCall, spanOnly(token))
      this.#push({ kind: 'brackets', closing: isList ? ']' : ')', call, args: 0 }, token)
      if (isList && isSign(this.#tokens[this.#at + 1], ']')) return false
      return true
    }
    if (token.sign === '-' || token.sign === '+') {
      this.#text.push(token.sign)
      this.#operation(token)
      this.#run += 1
      this.#depth(token)
      return true
    }
    this.#missingOperand(token)
  }

  #word(token: Token & { readonly kind: 'word' }): boolean {
    const next = this.#tokens[this.#at + 1]
    const isCall = isSign(next, '(')
    if (token.word === 'IF' && !(isCall && this.#hasSeveralArguments())) {
      const call = this.#open('IF', spanOnly(token))
      this.#push({ kind: 'if', call, phase: 'condition' }, token)
      return true
    }
    // NOT(a) = b negates a, as in spreadsheets; NOT a = b negates the comparison.
    if (token.word === 'NOT' && !(isCall && next?.start === token.end)) {
      const call = this.#open('NOT', spanOnly(token))
      this.#push({ kind: 'not', call }, token)
      return true
    }
    if (token.word === 'THEN' || token.word === 'ELSE' || (!isCall && (token.word === 'AND' || token.word === 'OR'))) {
      this.#missingOperand(token)
    }
    if (!isCall) {
      this.#value({ kind: 'word', word: token.word, span: spanOnly(token) })
      return false
    }
    this.#at += 1
    const call = this.#open(token.word, spanOnly(token))
    this.#push({ kind: 'brackets', closing: ')', call, args: 0 }, token)
    return !isSign(this.#tokens[this.#at + 1], ')')
  }

  /** Whether the brackets after the current word hold a comma of their own. */
  #hasSeveralArguments(): boolean {
    let depth = 0
    for (let at = this.#at + 1; at < this.#tokens.length; at++) {
      const token = this.#tokens[at]
      if (token?.kind !== 'sign') continue
      if (token.sign === '(' || token.sign === '[') depth += 1
      else if (token.sign === ')' || token.sign === ']') depth -= 1
      else if (token.sign === ',' && depth === 1) return true
      if (depth === 0) return false
    }
    return false
  }

  /** Whether an operand is wanted after the token, which stands behind an operand. */
  #operator(token: Token): boolean {
    if (token.kind === 'word') return this.#connective(token)
    if (token.kind !== 'sign') this.#missingOperator(token)
    switch (token.sign) {
      case ')':
      case ']':
        this.#close(token)
        return false
      case ',':
        this.#comma(token)
        return true
      case '?':
        this.#closeNots()
        this.#text.push('?')
        this.#operation(token)
        this.#push({ kind: 'choice', token, phase: 'then' }, token)
        return true
      case ':':
        this.#colon(token)
        return true
      case '%':
        return this.#percent(token)
      case '(':
      case '[':
        this.#fail(token, say('An operator is missing before this bracket, such as & or +.'), 'an operator')
    }
    const operator = operators[token.sign]
    if (operator === undefined) this.#missingOperand(token)
    this.#text.push(operator)
    this.#operation(token)
    if (token.sign === '^') this.#run += 1
    this.#depth(token)
    return true
  }

  /** `50%` if nothing that can be divided by follows, else the remainder. */
  #percent(token: Token): boolean {
    const next = this.#tokens[this.#at + 1]
    const isOperand =
      next !== undefined &&
      (next.kind === 'sign'
        ? next.sign === '(' || next.sign === '['
        : next.kind !== 'word' || !['THEN', 'ELSE', 'AND', 'OR'].includes(next.word))
    this.#text.push(isOperand ? '%' : '!')
    this.#operation(token)
    return isOperand
  }

  #connective(token: Token & { readonly kind: 'word' }): boolean {
    switch (token.word) {
      case 'AND':
      case 'OR':
        this.#closeNots()
        this.#text.push(token.word.toLowerCase())
        this.#operation(token)
        return true
      case 'THEN': {
        this.#closeNots()
        const frame = this.#frames.at(-1)
        if (frame?.kind !== 'if' || frame.phase !== 'condition')
          this.#fail(token, say('This THEN has no IF before it.'))
        frame.phase = 'then'
        this.#text.push(',')
        return true
      }
      case 'ELSE': {
        this.#closeNots()
        for (let frame = this.#frames.at(-1); frame?.kind === 'if' && frame.phase === 'else'; ) {
          this.#closeCall()
          frame = this.#frames.at(-1)
        }
        const frame = this.#frames.at(-1)
        if (frame?.kind !== 'if' || frame.phase !== 'then')
          this.#fail(token, say('This ELSE has no IF … THEN before it.'))
        frame.phase = 'else'
        this.#text.push(',')
        return true
      }
      default:
        this.#missingOperator(token)
    }
  }

  #close(token: Token & { readonly kind: 'sign' }): void {
    this.#closeWords()
    const frame = this.#frames.at(-1)
    if (frame?.kind === 'choice') this.#fail(frame.token, say('This “?” needs a “:” with the other value after it.'))
    if (frame?.kind !== 'brackets')
      this.#fail(token, say('This “{sign}” has no bracket that it closes.', { sign: token.sign }))
    if (frame.closing !== token.sign)
      this.#fail(token, say('This bracket should be “{sign}”.', { sign: frame.closing }), `“${frame.closing}”`)
    frame.call.end = token.end
    this.#text.push(')')
    this.#frames.pop()
  }

  #comma(token: Token): void {
    this.#closeWords()
    const frame = this.#frames.at(-1)
    if (frame?.kind === 'choice') this.#fail(frame.token, say('This “?” needs a “:” with the other value after it.'))
    if (frame?.kind !== 'brackets' || frame.call.name === groupCall) {
      this.#fail(token, say('A comma stands between the arguments of a function; write decimals with a point.'))
    }
    frame.args += 1
    if (frame.args >= formulaBounds.arguments) {
      this.#fail(token, say('A function takes at most {#count} arguments.', { count: formulaBounds.arguments }))
    }
    this.#text.push(',')
  }

  #colon(token: Token): void {
    this.#closeWords()
    const frame = this.#frames.at(-1)
    if (frame?.kind !== 'choice' || frame.phase !== 'then') this.#fail(token, say('This “:” has no “?” before it.'))
    frame.phase = 'else'
    this.#text.push(':')
  }

  /** Ends a NOT, whose operand reaches to the next AND, OR or end. */
  #closeNots(): void {
    while (this.#frames.at(-1)?.kind === 'not') this.#closeCall()
  }

  /** Ends the words that reach as far as they can: NOT, IF … THEN …, and the second half of `? :`. */
  #closeWords(): void {
    for (
      let frame = this.#frames.at(-1);
      frame !== undefined && frame.kind !== 'brackets';
      frame = this.#frames.at(-1)
    ) {
      if (frame.kind === 'choice') {
        if (frame.phase === 'then') return
        this.#frames.pop()
        continue
      }
      if (frame.kind === 'if' && frame.phase === 'condition') {
        this.#fail(
          frame.call.nameSpan,
          say('IF needs THEN and a value after its condition, or brackets: IF(condition, value, other).'),
          'THEN',
        )
      }
      this.#closeCall()
    }
  }

  #closeCall(): void {
    const frame = this.#frames.pop()
    if (frame === undefined || frame.kind === 'choice') return
    frame.call.end = this.#tokens[this.#at - 1]?.end ?? frame.call.end
    this.#text.push(')')
  }
}

function isSign(token: Token | undefined, sign: Sign): boolean {
  return token?.kind === 'sign' && token.sign === sign
}

function spanOnly({ start, end }: Span): Span {
  return { start, end }
}
