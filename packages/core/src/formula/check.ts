import { nearest, nearestName } from '../errors/nearest.ts'
import { say } from '../sentences/say.ts'
import type { Expression } from './ast.ts'
import { type BoundArguments, bindArguments, type Misfit } from './bind-arguments.ts'
import { foldConstant } from './fold-constant.ts'
import type { FormulaColumn } from './formula-column.ts'
import { formulaError } from './formula-error.ts'
import { FaultSignal, type FormulaFault, faultAt, type Outcome, outcomeOf, type Span, spanOf } from './formula-fault.ts'
import type { ComposedFunction, FormulaFunction } from './formula-function.ts'
import { type FormulaType, typeName } from './formula-type.ts'
import type { FunctionRegistry } from './function-registry.ts'
import { parseFormula } from './parse.ts'
import { resolveReference } from './resolve-reference.ts'
import type { CheckedFormula, TypedNode } from './typed-formula.ts'

/** What a formula is checked against. */
export interface FormulaSurroundings {
  /** The columns of its table. */
  readonly columns: readonly FormulaColumn[]
  readonly functions: FunctionRegistry
  /** Leaves parts made of constants to be computed per row: for tests of SQL. @default false */
  readonly keepConstants?: boolean
}

/** Parses a formula and gives every part of it a type. */
export function checkFormula(source: string, surroundings: FormulaSurroundings): Outcome<CheckedFormula> {
  const parsed = parseFormula(source)
  if (!parsed.ok) return parsed
  return outcomeOf(() => {
    const checker = new Checker(surroundings)
    const root = checker.node(parsed.value)
    return {
      root,
      type: root.type,
      columns: checker.columns,
      volatile: checker.volatile,
      lostColumns: checker.lostColumns,
    }
  })
}

/** Names of operators whose chains are one call of many arguments: one operation, one layer of SQL. */
const chained: ReadonlySet<string> = new Set(['+', 'CONCAT', 'AND', 'OR'])
const operatorFunctions: Readonly<Record<string, string>> = { and: 'AND', or: 'OR', '^': 'POWER', '%': 'MOD' }

interface Parameters {
  readonly of: ComposedFunction
  readonly first: number
}

class Checker {
  readonly columns: FormulaColumn[] = []
  readonly lostColumns: string[] = []
  volatile: 'day' | 'minute' | null = null
  readonly #surroundings: FormulaSurroundings
  readonly #byKey: ReadonlyMap<string, FormulaColumn>
  /** Inside a composed function, its parameters. */
  #parameters: Parameters | null = null
  #locals = 0
  #compositions = 0

  constructor(surroundings: FormulaSurroundings) {
    this.#surroundings = surroundings
    this.#byKey = new Map(surroundings.columns.map((column) => [column.key, column]))
  }

  node(expression: Expression): TypedNode {
    const { span } = expression
    switch (expression.kind) {
      case 'number':
        return { kind: 'constant', type: 'number', value: expression.value, span }
      case 'text':
        return { kind: 'constant', type: 'text', value: expression.value === '' ? null : expression.value, span }
      case 'word':
        return this.#word(expression.word, span)
      case 'column':
        return this.#column(expression)
      case 'lost-reference':
        return { kind: 'constant', type: 'blank', value: formulaError('lost-reference'), span }
      case 'call':
        return this.#call(expression)
      default:
        return expression satisfies never
    }
  }

  #word(word: string, span: Span): TypedNode {
    if (word === 'TRUE' || word === 'FALSE') return { kind: 'constant', type: 'boolean', value: word === 'TRUE', span }
    if (word === 'BLANK' || word === 'NULL') return { kind: 'constant', type: 'blank', value: null, span }
    if (this.#surroundings.functions.find(word).length > 0) {
      throw faultAt(span, say('{word} is a function; write {name}(…).', { word, name: word }))
    }
    const column = this.#byKey.get(word.toLowerCase())
    if (column !== undefined) {
      throw faultAt(span, say('To use the column, write @{key}.', { key: column.key }), 'a column', `@${column.key}`)
    }
    const meant = nearestName(word, [...this.#byKey.keys()])
    throw faultAt(
      span,
      say('“{word}” is neither a function nor a value; texts stand in quotes, columns behind @.', { word }),
      undefined,
      meant === null ? null : `@${meant}`,
    )
  }

  #column({ reference, span }: Extract<Expression, { kind: 'column' }>): TypedNode {
    if (this.#parameters !== null) return this.#parameter(reference.text, span, this.#parameters)
    const column = resolveReference(reference, this.#surroundings.columns, span)
    if (column === undefined) {
      if (!this.lostColumns.includes(reference.text)) this.lostColumns.push(reference.text)
      return { kind: 'constant', type: 'blank', value: formulaError('lost-reference'), span }
    }
    const known = this.columns.indexOf(column)
    const index = known < 0 ? this.columns.push(column) - 1 : known
    return { kind: 'column', type: column.type, index, span }
  }

  #parameter(name: string, span: Span, { of, first }: Parameters): TypedNode {
    const place = of.parameters.findIndex((each) => each.name === name)
    const parameter = of.parameters[place]
    if (parameter === undefined)
      throw faultAt(span, say('{function} has no parameter @{name}.', { function: of.name, name }))
    return { kind: 'local', type: parameter.type, index: first + place, span }
  }

  #call(expression: Extract<Expression, { kind: 'call' }>): TypedNode {
    const name = expression.operator ? (operatorFunctions[expression.name] ?? expression.name) : expression.name
    return this.#resolve(expression, name, this.#arguments(expression, name))
  }

  /** Every argument is looked at, so that all faults are told of; what is made of faulty ones is not judged by them. */
  #arguments(expression: Extract<Expression, { kind: 'call' }>, name: string): readonly TypedNode[] {
    const args: TypedNode[] = []
    const faults: FormulaFault[] = []
    for (const arg of expression.args) {
      try {
        args.push(this.node(arg))
      } catch (error) {
        if (!(error instanceof FaultSignal)) throw error
        faults.push(...error.faults)
      }
    }
    if (faults.length === 0) return args
    const isKnown = this.#surroundings.functions.find(name).length > 0
    throw new FaultSignal(isKnown ? faults : [...this.#unknown(expression, name).faults, ...faults])
  }

  #unknown({ nameSpan }: Extract<Expression, { kind: 'call' }>, name: string): FaultSignal {
    const { names } = this.#surroundings.functions
    const message = say('There is no function {name}.{~hint}', { name, hint: nearest(name, names) })
    return faultAt(nameSpan, message, 'a function', nearestName(name, names))
  }

  #resolve(expression: Extract<Expression, { kind: 'call' }>, name: string, args: readonly TypedNode[]): TypedNode {
    const { functions } = this.#surroundings
    const overloads = functions.find(name)
    if (overloads.length === 0) throw this.#unknown(expression, name)
    // a - b is a + (-b), bit for bit, so that chains of both are one operation.
    const [minuend, subtrahend] = args
    if (name === '-' && minuend !== undefined && subtrahend !== undefined && isNumeric(minuend, subtrahend)) {
      const negated = this.#resolve(expression, 'minus', [subtrahend])
      return this.#resolve(expression, '+', [minuend, negated])
    }
    let best: { readonly definition: FormulaFunction; readonly bound: BoundArguments } | null = null
    const misfits: Misfit[] = []
    for (const definition of overloads) {
      const attempt = bindArguments(definition, args)
      if (!attempt.ok) misfits.push(attempt.misfit)
      else if (best === null || attempt.bound.cost < best.bound.cost) best = { definition, bound: attempt.bound }
    }
    if (best === null) throw this.#misfit(expression, name, args, misfits)
    return this.#typedCall(best.definition, best.bound, expression)
  }

  #typedCall(
    definition: FormulaFunction,
    bound: BoundArguments,
    { span, operator }: Extract<Expression, { kind: 'call' }>,
  ): TypedNode {
    const unit = definition.volatile
    if (unit !== undefined && this.volatile !== 'minute') this.volatile = unit
    if (definition.kind === 'composed') return this.#composed(definition, bound.args, span)
    const [first, ...others] = bound.args
    const takesMore = definition.rest !== undefined && chained.has(definition.name)
    const isChain = operator && takesMore && first?.kind === 'call' && first.definition === definition
    const args = isChain ? [...first.args, ...others] : bound.args
    const types = args.map(({ type }) => type)
    const literals = isChain ? [...first.facts.literals, ...bound.facts.literals.slice(1)] : bound.facts.literals
    const facts = { ...bound.facts, types, literals }
    const call = { kind: 'call', type: bound.result, definition, args, facts, span } as const
    return this.#surroundings.keepConstants === true ? call : foldConstant(call)
  }

  /** The body is checked anew for each call, as its parameters are numbered through the whole formula. */
  #composed(definition: ComposedFunction, args: readonly TypedNode[], span: Span): TypedNode {
    this.#compositions += 1
    if (this.#compositions > 100) throw faultAt(span, say('The formula calls too many composed functions.'))
    const first = this.#locals
    this.#locals += definition.parameters.length
    const parsed = parseFormula(definition.formula)
    if (!parsed.ok)
      throw faultAt(
        span,
        say('{function} cannot be used: {~fault}', {
          function: definition.name,
          fault: parsed.faults[0]?.message ?? '',
        }),
      )
    const outer = this.#parameters
    this.#parameters = { of: definition, first }
    try {
      const body = this.node(parsed.value)
      return { kind: 'composed', type: body.type, definition, first, args, body, span }
    } finally {
      this.#parameters = outer
    }
  }

  #misfit(
    expression: Extract<Expression, { kind: 'call' }>,
    name: string,
    args: readonly TypedNode[],
    misfits: readonly Misfit[],
  ): FaultSignal {
    const shown = expression.operator ? `“${name}”` : name
    const shared = sharedMisfit(misfits)
    if (shared !== null) {
      const { argument, reason, expected, isWhole, choices } = shared
      const written = argument === null ? undefined : expression.args[argument]
      const node = argument === null ? undefined : args[argument]
      const span = written?.span ?? expression.nameSpan
      if (choices !== undefined) {
        const wrong = node?.kind === 'constant' ? String(node.value) : ''
        return faultAt(
          span,
          say('{function} {~reason}.{~hint}', { function: shown, reason, hint: nearest(wrong, choices) }),
          choices.join(', '),
        )
      }
      if (written === undefined || node === undefined || isWhole === true) {
        return faultAt(span, say('{function} {~reason}.{~hint}', { function: shown, reason, hint: '' }), expected)
      }
      const given = whatIs(written, this.columns, node)
      const hint = hintFor(node.type, expected)
      return faultAt(
        span,
        say('{function} {~reason}; {~given}.{~hint}', { function: shown, reason, given, hint }),
        expected,
      )
    }
    const types = args.map(({ type }) => typeName(type))
    const isCalculation = expression.operator && args.some(({ type }) => type === 'text')
    const all = expression.args.reduce<Span>((span, arg) => spanOf(span, arg.span), expression.nameSpan)
    const hint = isCalculation ? hintFor('text', 'a number') : ''
    return faultAt(
      all,
      say('{operator} does not work on {~types}.{~hint}', { operator: shown, types: inWords(types), hint }),
    )
  }
}

/** The misfit that all overloads have in common: the same argument, or the number of arguments; `null` if there is none. */
function sharedMisfit(misfits: readonly Misfit[]): Misfit | null {
  const [first, ...others] = misfits
  if (first === undefined || others.some(({ argument }) => argument !== first.argument)) return null
  const choices = misfits.flatMap((misfit) => misfit.choices ?? [])
  // Plurals of what stands there too say nothing new.
  const told = choices.filter((choice) => !choices.includes(choice.replace(/s$/, '')) || !choice.endsWith('s'))
  return choices.length === 0 ? first : { ...first, choices: told }
}

function isNumeric(...nodes: readonly TypedNode[]): boolean {
  const [first, ...others] = nodes.map(({ type }) => type)
  return (first === 'number' || first === 'duration') && others.every((type) => type === first)
}

function inWords(types: readonly string[]): string {
  const [last, ...others] = types.toReversed()
  if (last === undefined) return say('nothing')
  return others.reduce((second, first) => say('{~first} and {~second}', { first, second }), last)
}

/** What an argument is, in a sentence: `@name is text`. */
function whatIs(expression: Expression, columns: readonly FormulaColumn[], node: TypedNode): string {
  const type = typeName(node.type)
  const argument = nameOf(expression, columns, node)
  return argument === null ? say('this is {~type}', { type }) : say('{argument} is {~type}', { argument, type })
}

function nameOf(expression: Expression, columns: readonly FormulaColumn[], node: TypedNode): string | null {
  if (node.kind === 'column') return `@${columns[node.index]?.key ?? ''}`
  if (expression.kind === 'text') return `“${expression.value.slice(0, 40)}”`
  if (expression.kind === 'number') return String(expression.value)
  return expression.kind === 'call' && !expression.operator ? expression.name : null
}

/** How to get from one type to another, where there is a way. */
function hintFor(given: FormulaType, expected: string | undefined): string {
  switch (expected) {
    case 'a number':
      if (given === 'text') return say(' VALUE reads a number from text.')
      return given === 'duration' ? say(' HOURS and MINUTES give the number of a duration.') : ''
    case 'a date':
    case 'a date with time':
      return given === 'text' ? say(' PARSE_DATE reads a date from text.') : ''
    case 'true or false':
      return say(' Compare it, as in @score > 0, or ask ISBLANK.')
    case 'a duration':
      return given === 'number' ? say(' DURATION makes one of hours and minutes.') : ''
    case 'text':
      return given === 'json'
        ? say(' GET reads text from JSON.')
        : given.startsWith('list')
          ? say(' JOIN makes text of a list.')
          : ''
    default:
      return ''
  }
}
