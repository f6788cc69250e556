import type { Random } from '../../query/testing/random.ts'
import { builtInFunctions } from '../built-in-functions.ts'
import type { FormulaFunction, Parameter } from '../formula-function.ts'
import { type FormulaType, isList, scalarTypes } from '../formula-type.ts'
import { fuzzColumns, randomValue } from './fuzz-rows.ts'

/** What may be written where a function wants a literal. */
const literals: Readonly<Record<string, readonly string[]>> = {
  REGEX_MATCH: [
    '[a-z]+',
    '^A',
    '\\d+',
    '(a|ab)(c|bcd)*',
    '.',
    'x*',
    '[^a]$',
    '\\s',
    'a{2,3}',
    '[éß🙂]',
    '^$',
    'an|na',
    '',
  ],
  GET: [
    'city',
    'n',
    'list',
    'list[0]',
    'list[-1]',
    'nested.deep[0].x',
    'nested.deep[1]',
    '[0]',
    '[2].n',
    'ok',
    'none',
    '🙂',
    '',
  ],
  FORMAT_DATE: [
    'YYYY-MM-DD',
    'D MMM YY',
    'dddd, MMMM D',
    '[Week] ddd Q',
    'HH:mm:ss',
    'h:mm a',
    'hh A H',
    'M/D/YYYY',
    '',
  ],
}

function literalFor(definition: FormulaFunction, { oneOf, type }: Parameter, random: Random): string {
  if (oneOf !== undefined) return quote(random.pick(oneOf))
  const name = definition.name
  const pool = literals[name.startsWith('REGEX') ? 'REGEX_MATCH' : definition.group === 'json' ? 'GET' : name]
  return pool === undefined ? literalOf(type as FormulaType, random) : quote(random.pick(pool))
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

function literalOf(type: FormulaType, random: Random): string {
  if (isList(type))
    return `LIST(${Array.from({ length: random.below(4) }, () => literalOf(type.slice(5, -1) as FormulaType, random)).join(', ')})`
  if (random.chance(0.05)) return 'BLANK()'
  const value = randomValue(type, random)
  switch (type) {
    case 'text':
      return quote(String(value))
    case 'number':
      return Number(value) < 0 ? `(${value})` : String(value)
    case 'boolean':
      return String(value)
    case 'date':
      return `PARSE_DATE("${value}")`
    case 'datetime':
      return `FROM_UNIX(${Date.parse(String(value)) / 1000})`
    case 'duration':
      return `DURATION(0, 0, ${Number(value) < 0 ? `(${value})` : value})`
    default:
      return random.pick(['@json_a', 'PARSE_PAIRS("a=1;city=x")'])
  }
}

const signs: Readonly<Record<string, (args: readonly string[]) => string>> = {
  minus: ([a]) => `-${a}`,
  plus: ([a]) => `+${a}`,
  percent: ([a]) => `${a}%`,
}

/** Functions whose last digits may differ in a rare case, or that build other values than the types ask for. */
const seldom: ReadonlySet<string> = new Set(['SIN', 'COS', 'TAN', 'ASIN', 'ACOS', 'ATAN', 'EXP', 'LN', 'LOG', 'POWER'])
const candidates = builtInFunctions.filter(({ name }) => name !== 'blank as')

/** The text of a formula that gives a type. */
export function randomFormula(type: FormulaType, depth: number, random: Random): string {
  if (depth <= 0 || random.chance(0.15)) return leaf(type, random)
  const fitting = candidates.filter((each) => givesType(each, type) && (!seldom.has(each.name) || random.chance(0.05)))
  if (fitting.length === 0) return leaf(type, random)
  return callOf(random.pick(fitting), type, depth, random)
}

function givesType(definition: FormulaFunction, type: FormulaType): boolean {
  if (definition.kind === 'composed')
    return definition.examples.some(({ result }) => (typeof result as string) === type)
  const { result } = definition
  if (result === 'T') return type !== 'json' && !isList(type)
  if (result === 'S') return !isList(type) && type !== 'json' && (definition.allows?.includes(type) ?? true)
  return result === 'list<S>' ? isList(type) : result === type
}

function callOf(definition: FormulaFunction, type: FormulaType, depth: number, random: Random): string {
  const variable = (name: 'S' | 'T'): FormulaType => {
    if (definition.kind !== 'composed') {
      if (definition.result === name) return type
      if (definition.result === `list<${name}>`) return type.slice(5, -1) as FormulaType
    }
    const allowed = ('allows' in definition ? definition.allows : undefined) ?? scalarTypes
    return random.pick(allowed)
  }
  const types = { S: variable('S'), T: variable('T') }
  const args: string[] = []
  const add = (parameter: Parameter) => {
    const wanted = parameter.type
    if (parameter.literal === true) args.push(literalFor(definition, parameter, random))
    else if (wanted === 'S' || wanted === 'T') args.push(randomFormula(types[wanted], depth - 1, random))
    else if (wanted === 'list<S>')
      args.push(randomFormula(isList(types.S) ? types.S : (`list<${types.S}>` as FormulaType), depth - 1, random))
    else if (wanted === 'any') args.push(randomFormula(random.pick(scalarTypes), depth - 1, random))
    else args.push(randomFormula(wanted === 'blank' ? 'text' : wanted, depth - 1, random))
  }
  for (const parameter of definition.parameters as readonly Parameter[]) {
    if (parameter.optional === true && random.chance(0.4)) break
    add(parameter)
  }
  const rest = definition.rest ?? []
  if (args.length === definition.parameters.length) {
    for (let turn = random.below(3); turn > 0 && rest.length > 0; turn--)
      for (const parameter of rest as readonly Parameter[]) add(parameter)
    if (definition.last !== undefined && random.chance(0.5)) add(definition.last)
  }
  const sign = signs[definition.name]
  if (sign !== undefined) return `(${sign(args)})`
  if (definition.group === 'operators') return `(${args.join(` ${definition.name} `)})`
  return `${definition.name}(${args.join(', ')})`
}

function leaf(type: FormulaType, random: Random): string {
  const columns = fuzzColumns.filter((each) => each.type === type)
  return columns.length > 0 && random.chance(0.75) ? `@${random.pick(columns).key}` : literalOf(type, random)
}
