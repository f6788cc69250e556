import { say } from '../sentences/say.ts'
import type { Conversion } from './convert.ts'
import { convert } from './convert.ts'
import type { CallFacts, FormulaFunction, Parameter, ParameterType } from './formula-function.ts'
import { commonType, elementOf, type FormulaType, isList, isScalar, listOf, typeName } from './formula-type.ts'
import type { TypedNode } from './typed-formula.ts'

/** Arguments brought to what a function takes. */
export interface BoundArguments {
  readonly args: readonly TypedNode[]
  readonly facts: CallFacts
  readonly result: FormulaType
  /** What the conversions cost. */
  readonly cost: number
}

/** Why arguments do not fit, by the place of the argument; `null` for their number. */
export interface Misfit {
  readonly argument: number | null
  /** Completes “NAME …”. */
  readonly reason: string
  readonly expected?: string
  /** The reason needs no word on the type given. */
  readonly isWhole?: boolean
  /** The literals that would have been right. */
  readonly choices?: readonly string[]
}

export function bindArguments(
  definition: FormulaFunction,
  args: readonly TypedNode[],
): { readonly ok: true; readonly bound: BoundArguments } | { readonly ok: false; readonly misfit: Misfit } {
  const parameters = parametersFor(definition, args.length)
  if (parameters === null) {
    return {
      ok: false,
      misfit: {
        argument: null,
        reason: say('takes {~expected}; here {~given}', {
          expected: countOf(definition),
          given: areGiven(args.length),
        }),
      },
    }
  }
  const types = { S: variableType('S', parameters, args), T: variableType('T', parameters, args) }
  for (const variable of ['S', 'T'] as const) {
    const type = types[variable]
    if (type === null) return { ok: false, misfit: mixedTypes(variable, parameters, args) }
  }
  const facts = { S: types.S ?? 'blank', T: types.T ?? 'blank' }
  const allowed = 'allows' in definition ? definition.allows : undefined
  if (allowed !== undefined && facts.S !== 'blank' && !allowed.includes(facts.S)) {
    const argument = parameters.findIndex(({ type }) => type === 'S' || type === 'list<S>')
    return {
      ok: false,
      misfit: {
        argument,
        reason: say('needs {~expected}', { expected: oneOf(allowed.map(typeName)) }),
        expected: oneOf(allowed.map(typeName)),
      },
    }
  }
  const conversions: Conversion[] = []
  for (const [index, arg] of args.entries()) {
    const parameter = parameters[index]
    if (parameter === undefined) break
    if (parameter.literal === true && arg.kind !== 'constant') {
      return {
        ok: false,
        misfit: {
          argument: index,
          reason: say('needs “{parameter}” written out, not computed', { parameter: parameter.name }),
          expected: 'a literal',
        },
      }
    }
    const choices = parameter.oneOf
    if (choices !== undefined && arg.kind === 'constant' && !choices.includes(String(arg.value).toLowerCase())) {
      return {
        ok: false,
        misfit: {
          argument: index,
          reason: say('does not know this “{parameter}”', { parameter: parameter.name }),
          choices,
        },
      }
    }
    const refusal = arg.kind === 'constant' && typeof arg.value === 'string' ? parameter.refuse?.(arg.value) : null
    if (refusal !== null && refusal !== undefined) {
      return {
        ok: false,
        misfit: {
          argument: index,
          reason: say('cannot use this “{parameter}”: {~fault}', { parameter: parameter.name, fault: refusal }),
          isWhole: true,
        },
      }
    }
    const named = wantedType(parameter.type, facts, arg.type)
    const wanted = named === 'blank' && parameter.type === 'list<S>' ? 'list<text>' : named
    const conversion = wanted === null ? null : convert(arg, wanted)
    if (conversion === null) {
      const expected = wanted === null ? say('a list') : typeName(wanted)
      return {
        ok: false,
        misfit: {
          argument: index,
          reason: say('needs {~expected} as “{parameter}”', { expected, parameter: parameter.name }),
          expected,
        },
      }
    }
    conversions.push(conversion)
  }
  const nodes = conversions.map(({ node }) => node)
  return {
    ok: true,
    bound: {
      args: nodes,
      facts: {
        ...facts,
        types: nodes.map(({ type }) => type),
        literals: nodes.map((node) =>
          node.kind === 'constant' && !isError(node.value) ? (node.value as CallFacts['literals'][number]) : undefined,
        ),
      },
      result: resultType(definition, facts),
      cost: conversions.reduce((sum, { cost }) => sum + cost, 0),
    },
  }
}

function isError(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'sign' in value && 'sentence' in value
}

/** The parameter of each argument, or `null` if their number does not fit. */
function parametersFor(definition: FormulaFunction, count: number): readonly Parameter[] | null {
  const { parameters } = definition as { readonly parameters: readonly Parameter[] }
  const rest: readonly Parameter[] = definition.rest ?? []
  const required = parameters.filter(({ optional }) => optional !== true).length
  if (count < required) return null
  if (count <= parameters.length) return parameters.slice(0, count)
  const more = count - parameters.length
  const { last } = definition
  const turns = rest.length === 0 ? 0 : Math.floor(more / rest.length)
  const over = more - turns * rest.length
  if (over > (last === undefined ? 0 : 1)) return null
  const repeated = Array.from({ length: turns }, () => rest).flat()
  return [...parameters, ...repeated, ...(over === 1 && last !== undefined ? [last] : [])]
}

/** The type that `S` or `T` stands for; `null` if the arguments have none in common; `blank` if there are none. */
function variableType(
  variable: 'S' | 'T',
  parameters: readonly Parameter[],
  args: readonly TypedNode[],
): FormulaType | null {
  const types: FormulaType[] = []
  args.forEach((arg, index) => {
    const type = parameters[index]?.type
    if (type === variable) types.push(arg.type)
    else if (type === `list<${variable}>`) types.push(isList(arg.type) ? elementOf(arg.type) : arg.type)
  })
  const common = commonType(types, variable === 'T')
  if (common !== null) return common
  // A text in quotes beside a date is read as a date.
  const written = args.filter(
    (arg, i) => parameters[i]?.type === variable && arg.kind === 'constant' && arg.type === 'text',
  )
  const others = args.filter((arg, i) => parameters[i]?.type === variable && !written.includes(arg))
  const other = commonType(
    others.map(({ type }) => type),
    false,
  )
  return (other === 'date' || other === 'datetime') && written.every((arg) => convert(arg, other) !== null)
    ? other
    : null
}

function mixedTypes(variable: 'S' | 'T', parameters: readonly Parameter[], args: readonly TypedNode[]): Misfit {
  const places = args.flatMap((_, index) => {
    const type = parameters[index]?.type
    return type === variable || type === `list<${variable}>` ? [index] : []
  })
  const first = places.find((place) => args[place]?.type !== 'blank') ?? 0
  const type = args[first]?.type ?? 'blank'
  const other = places.find((place) => commonType([type, args[place]?.type ?? 'blank'], variable === 'T') === null)
  const expected = typeName(type)
  return { argument: other ?? first, reason: say('needs values of one type, here {~expected}', { expected }), expected }
}

function wantedType(
  type: ParameterType,
  { S, T }: { readonly S: FormulaType; readonly T: FormulaType },
  given: FormulaType,
): FormulaType | null {
  switch (type) {
    case 'S':
      return S
    case 'T':
      return T
    case 'any':
      return given
    case 'list<S>':
      return isScalar(S) ? listOf(S) : S === 'blank' ? 'blank' : null
    default:
      return type
  }
}

/** What a call gives. */
export function resultType(
  definition: FormulaFunction,
  facts: { readonly S: FormulaType; readonly T: FormulaType },
): FormulaType {
  if (definition.kind === 'composed') return 'blank'
  return wantedType(definition.result, facts, 'blank') ?? 'blank'
}

function areGiven(count: number): string {
  return count === 0 ? say('there are none') : count === 1 ? say('there is one') : say('there are {#count}', { count })
}

function countOf(definition: FormulaFunction): string {
  const { parameters } = definition as { readonly parameters: readonly Parameter[] }
  const least = parameters.filter(({ optional }) => optional !== true).length
  const names = parameters.map(({ name, optional }) => (optional === true ? `[${name}]` : name)).join(', ')
  const described = names === '' ? '' : ` (${names}${(definition.rest ?? []).length > 0 ? ', …' : ''})`
  const given = { count: parameters.length, parameters: described }
  if ((definition.rest ?? []).length > 0) {
    return least === 1
      ? say('at least {#count} argument{parameters}', { ...given, count: least })
      : say('at least {#count} arguments{parameters}', { ...given, count: least })
  }
  if (given.count === 0) return say('no arguments')
  if (least < given.count) return say('{#least} to {#count} arguments{parameters}', { ...given, least })
  return given.count === 1 ? say('{#count} argument{parameters}', given) : say('{#count} arguments{parameters}', given)
}

function oneOf(words: readonly string[]): string {
  const [last = '', ...others] = words.toReversed()
  return others.length === 0 ? last : say('{~first} or {~second}', { first: others.reverse().join(', '), second: last })
}
