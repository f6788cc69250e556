import { Parser } from 'expr-eval'
import { say } from '../sentences/say.ts'
import type { Expression } from './ast.ts'
import { faultAt, type Outcome, outcomeOf, type Span, spanOf } from './formula-fault.ts'
import { readTokens } from './lexer.ts'
import { groupCall, type Placeholder, writeParserText } from './parser-text.ts'

/**
 * Parses the text of a formula. Precedence is a spreadsheet's, from the tightest: `%` behind a number, signs, `^`
 * (from the left), `* / %`, `+ -`, `&`, comparisons, NOT, AND, OR, `? :`.
 */
export function parseFormula(source: string): Outcome<Expression> {
  return outcomeOf(() => {
    const tokens = readTokens(source)
    const { text, placeholders } = writeParserText(tokens, source.length)
    return readInstructions(instructionsOf(text, source), placeholders, source)
  })
}

/** What expr-eval's parser leaves: operands and operators in the order of a stack machine. */
interface Instruction {
  readonly type: string
  readonly value: unknown
}

/**
 * expr-eval as a parser, with nothing in reach: own operator tables without prototypes, no functions, no constants.
 * It is never asked to evaluate, simplify or compile.
 */
const parser = new Parser({
  allowMemberAccess: false,
  operators: { assignment: false, fndef: false, in: false, array: false } as object,
})
const noFunctions: object = Object.freeze(Object.create(null))
Object.assign(parser, {
  unaryOps: table('-', '+', '!'),
  binaryOps: table('+', '-', '*', '/', '%', '^', '||', '==', '!=', '>', '<', '>=', '<=', 'and', 'or'),
  ternaryOps: table('?'),
  functions: noFunctions,
  consts: noFunctions,
})

function table(...names: readonly string[]): object {
  const operators: Record<string, true> = Object.create(null)
  for (const name of names) operators[name] = true
  return Object.freeze(operators)
}

function instructionsOf(text: string, source: string): readonly Instruction[] {
  try {
    return (parser.parse(text) as unknown as { readonly tokens: readonly Instruction[] }).tokens
  } catch {
    // Not reached as far as we know: the text was checked while it was written.
    throw faultAt({ start: 0, end: source.length }, say('This formula could not be read.'))
  }
}

const operatorNames: Readonly<Record<string, string>> = { '||': '&', '==': '=', '!=': '<>', '!': 'percent' }

/** A node while the tree is made: brackets are still visible. */
type Node = Expression & { readonly brackets?: true }

function readInstructions(
  instructions: readonly Instruction[],
  placeholders: readonly Placeholder[],
  source: string,
): Node {
  const stack: (Node | Placeholder | readonly Instruction[])[] = []
  const whole = { start: 0, end: source.length }
  const operand = (): Node => {
    const top = stack.pop()
    if (top === undefined) throw faultAt(whole, say('This formula could not be read.'))
    if (Array.isArray(top)) return readInstructions(top, placeholders, source)
    const node = top as Node | Placeholder
    if (node.kind === 'operand') return node.expression
    if (node.kind === 'call' && !('args' in node)) throw faultAt(whole, say('This formula could not be read.'))
    return node as Node
  }
  for (const { type, value } of instructions) {
    switch (type) {
      case 'IVAR':
        stack.push(placeholders[Number(String(value).slice(1))] as Placeholder)
        break
      case 'IEXPR':
        stack.push(value as readonly Instruction[])
        break
      case 'IOP1':
        stack.push(unary(String(value), operand()))
        break
      case 'IOP2': {
        const right = operand()
        stack.push(binary(operatorNames[String(value)] ?? String(value), operand(), right))
        break
      }
      case 'IOP3': {
        const other = operand()
        const value = operand()
        const condition = operand()
        stack.push(call('IF', condition.span, [condition, value, other], spanOf(condition.span, other.span), true))
        break
      }
      case 'IFUNCALL': {
        const args = Array.from({ length: Number(value) }, operand).reverse()
        const callee = stack.pop() as Extract<Placeholder, { kind: 'call' }>
        const span = { start: callee.start, end: callee.end }
        const [inner] = args
        stack.push(
          callee.name === groupCall && inner !== undefined
            ? { ...inner, span, brackets: true }
            : call(callee.name, callee.nameSpan, args, span, false),
        )
        break
      }
      default:
        throw faultAt(whole, say('This formula could not be read.'))
    }
  }
  return operand()
}

function call(name: string, nameSpan: Span, args: readonly Node[], span: Span, operator: boolean): Node {
  return { kind: 'call', name, nameSpan, args, span, operator }
}

type Call = Extract<Node, { kind: 'call' }>

/** A chain of operators without brackets, which expr-eval may have grouped otherwise than we do. */
function isOpen(node: Node | undefined, ...names: readonly string[]): node is Call {
  return node?.kind === 'call' && node.operator && node.brackets !== true && names.includes(node.name)
}

function between(left: Node, right: Node): Span {
  return { start: left.span.end, end: right.span.start }
}

const comparisons = ['=', '<>', '<', '<=', '>', '>=']

function binary(name: string, left: Node, right: Node): Node {
  if (comparisons.includes(name) && isOpen(left, ...comparisons)) {
    throw faultAt(
      spanOf(left.span, right.span),
      say('Comparisons cannot follow each other; join two of them with AND, as in a < b AND b < c.'),
    )
  }
  // & is looser than + and -, which expr-eval puts on one level.
  if ((name === '+' || name === '-') && isOpen(left, '&')) {
    const [head, tail] = left.args
    if (head !== undefined && tail !== undefined) return binary('&', head, binary(name, tail, right))
  }
  // Powers are taken from the left, which expr-eval takes from the right.
  const [base, ...rest] = name === '^' && isOpen(right, '^') ? right.args : []
  const [exponent] = rest
  if (base !== undefined && exponent !== undefined) return binary('^', binary('^', left, base), exponent)
  return call(name, between(left, right), [left, right], spanOf(left.span, right.span), true)
}

/** Signs bind tighter than powers, as in spreadsheets: -2^2 is 4. */
function unary(sign: string, operand: Node): Node {
  const [base, exponent] = sign !== '!' && isOpen(operand, '^') ? operand.args : []
  if (base !== undefined && exponent !== undefined) return binary('^', unary(sign, base), exponent)
  const name = operatorNames[sign] ?? (sign === '-' ? 'minus' : 'plus')
  const { start, end } = operand.span
  const nameSpan = sign === '!' ? { start: end, end: end + 1 } : { start: Math.max(0, start - 1), end: start }
  return call(name, nameSpan, [operand], spanOf(nameSpan, operand.span), true)
}
