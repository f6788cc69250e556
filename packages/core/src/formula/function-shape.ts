import { OpsError } from '../errors/ops-error.ts'
import type { FormulaFunction, Parameter } from './formula-function.ts'
import { isScalar, scalarTypes } from './formula-type.ts'

const namePattern = /^[A-Z][A-Z0-9_]{0,59}(\.[A-Z][A-Z0-9_]{0,59}){0,2}$/
const reservedNames: ReadonlySet<string> = new Set(['IF', 'THEN', 'ELSE', 'TRUE', 'FALSE', 'NULL', 'BLANK'])
const mostParameters = 20

/** Whether users can call something by this name. */
export function isCallable(name: string): boolean {
  return namePattern.test(name)
}

/** A refusal that names the function. */
export function functionFault(name: string, what: string, cause?: unknown): OpsError {
  return new OpsError('INVALID_INPUT', `Formula function ${name}: ${what}`, cause === undefined ? {} : { cause })
}

/**
 * What a host or a plugin gave as a function, once it has the shape of one.
 *
 * @throws OpsError `INVALID_INPUT`, naming the function and the member
 */
export function checkFunctionShape(given: unknown): FormulaFunction {
  if (typeof given !== 'object' || given === null)
    throw functionFault('?', 'it is none. Make it with defineFunction(…) or defineComposition(…).')
  const definition = given as Readonly<Record<string, unknown>>
  const { kind = 'native', aliases = [] } = definition
  const name = checkName(definition.name)
  for (const alias of isList(aliases) ? aliases : [aliases]) checkName(alias)
  const refuse = (what: string): never => {
    throw functionFault(name, what)
  }
  if (typeof definition.summary !== 'string' || definition.summary.trim() === '')
    refuse('"summary" must say in a sentence what it gives.')
  if (!isList(definition.examples)) refuse('"examples" must be a list of { formula, result }; it may be empty.')
  checkParameters(name, definition.parameters, kind === 'composed')
  if (kind === 'composed') {
    if (typeof definition.formula !== 'string') refuse('"formula" must be a text.')
  } else if (kind === 'native') {
    if (!isResultType(definition.result)) refuse(`"result" must be a type: ${typeWords}.`)
    if (typeof definition.sql !== 'function') refuse('"sql" must be a function that gives SQL written with code`…`.')
    if (typeof definition.evaluate !== 'function') refuse('"evaluate" must be a function of the arguments.')
  } else refuse('"kind" is set by defineFunction(…) and defineComposition(…); leave it to them.')
  return given as FormulaFunction
}

function checkName(name: unknown): string {
  if (typeof name === 'string' && isCallable(name) && !reservedNames.has(name)) return name
  throw new OpsError(
    'INVALID_INPUT',
    `A formula function is named in capitals, digits and “_”, such as REOON.SCORE, not “${String(name).slice(0, 80)}”.`,
  )
}

function checkParameters(name: string, given: unknown, composed: boolean): void {
  if (!isList(given) || given.length > mostParameters)
    throw functionFault(name, `"parameters" must be a list of at most ${mostParameters}, made with parameter(…).`)
  const names = new Set<string>()
  let optional = false
  for (const each of given) {
    const one = (each ?? {}) as Partial<Parameter>
    const shown = String(one.name).slice(0, 60)
    if (typeof one.name !== 'string' || one.name === '' || names.has(one.name))
      throw functionFault(name, `parameter “${shown}” needs a name of its own.`)
    if (composed && !/^[a-z][a-z0-9_]{0,59}$/.test(one.name))
      throw functionFault(name, `parameter “${shown}” must be lower-case words joined by “_”, to be written @name.`)
    const isType = typeof one.type === 'string' && (composed ? isPlainType(one.type) : isParameterType(one.type))
    if (!isType) throw functionFault(name, `parameter “${shown}” must have a type: ${typeWords}.`)
    if (composed && one.optional === true)
      throw functionFault(name, `parameter “${shown}” cannot be left out in a composition.`)
    if (optional && one.optional !== true)
      throw functionFault(name, `parameter “${shown}” follows one that may be left out, so it must be optional too.`)
    optional = one.optional === true
    names.add(one.name)
  }
}

const typeWords = `${scalarTypes.join(', ')}, json or list<…> of these`

function isPlainType(type: string): boolean {
  const element = /^list<(\w+)>$/.exec(type)?.[1]
  return type === 'json' || isScalar((element ?? type) as never)
}

function isParameterType(type: string): boolean {
  return isPlainType(type) || ['S', 'T', 'list<S>', 'any'].includes(type)
}

function isResultType(type: unknown): boolean {
  return typeof type === 'string' && (isPlainType(type) || ['S', 'T', 'list<S>'].includes(type))
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}
