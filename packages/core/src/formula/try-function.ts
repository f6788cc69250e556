import { say } from '../sentences/say.ts'
import type { Json } from '../values/json.ts'
import { checkFormula } from './check.ts'
import { createEvaluator } from './evaluate.ts'
import type { FormulaColumn } from './formula-column.ts'
import { FormulaError } from './formula-error.ts'
import type { FormulaFunction, FormulaMoment, FunctionExample, Parameter } from './formula-function.ts'
import type { FormulaType } from './formula-type.ts'
import type { FunctionRegistry } from './function-registry.ts'
import { functionFault } from './function-shape.ts'
import { SqlSteps } from './to-sql.ts'
import type { CheckedFormula } from './typed-formula.ts'

const moment: FormulaMoment = { now: Date.UTC(2026, 0, 15, 12), timeZone: 'UTC' }

/**
 * Calls a function of a host or a plugin once in each way that needs no database: its call is checked, its SQL written,
 * its examples computed. What its SQL gives, `testFormulaFunctions` of `@opslayer/core/testing` finds out.
 *
 * @throws OpsError `INVALID_INPUT`, naming the function and what is wrong with it
 */
export function tryFunction(definition: FormulaFunction, functions: FunctionRegistry): void {
  const { name, examples } = definition
  const parameters: readonly Parameter[] = definition.parameters
  // What must be written out cannot be a column; examples show those.
  if (!parameters.some(({ literal }) => literal === true)) tryCall(definition, parameters, functions)
  for (const example of examples) tryExample(name, example, isTimeless(definition), functions)
}

function tryCall(definition: FormulaFunction, parameters: readonly Parameter[], functions: FunctionRegistry): void {
  const { name } = definition
  const rest: readonly Parameter[] = definition.rest ?? []
  const columns = [...parameters, ...rest].map((parameter, place) => columnFor(definition, parameter, place))
  const call = `${name}(${columns.map(({ key }) => `@${key}`).join(', ')})`
  const formula = checked(name, call, columns, functions)
  try {
    new SqlSteps(moment).formula(formula)
  } catch (error) {
    throw functionFault(name, `its "sql" gives nothing that can be used: ${messageOf(error)}.`, error)
  }
}

function columnFor(definition: FormulaFunction, { type }: Parameter, place: number): FormulaColumn {
  const any = ('allows' in definition ? definition.allows?.[0] : undefined) ?? 'text'
  const open: Readonly<Record<string, FormulaType>> = { S: any, T: any, any, 'list<S>': `list<${any}>` as FormulaType }
  const key = `p${place}`
  return { id: key, key, name: key, type: open[type] ?? (type as FormulaType), cell: key }
}

function tryExample(name: string, example: FunctionExample, timeless: boolean, functions: FunctionRegistry): void {
  const { formula, result } = (example ?? {}) as Partial<FunctionExample>
  if (typeof formula !== 'string' || result === undefined)
    throw functionFault(name, 'each of its "examples" has a "formula" and its "result".')
  const given = createEvaluator(checked(name, formula, [], functions)).evaluate({}, moment)
  const shown = given instanceof FormulaError ? given.sign : given
  // What depends on the time gives something else today than when the example was written.
  if (!timeless || sameJson(shown, result)) return
  throw functionFault(name, `its example ${formula} gives ${JSON.stringify(shown)}, not ${JSON.stringify(result)}.`)
}

function checked(
  name: string,
  formula: string,
  columns: readonly FormulaColumn[],
  functions: FunctionRegistry,
): CheckedFormula {
  const outcome = checkFormula(formula, { columns, functions })
  if (outcome.ok) return outcome.value
  const [fault] = outcome.faults
  throw functionFault(
    name,
    say('{function} cannot be used: {~fault}', { function: formula, fault: fault?.message ?? 'it is faulty.' }),
  )
}

/** Whether a function gives the same at all times and in all time zones. */
export function isTimeless(definition: FormulaFunction): boolean {
  return definition.volatile === undefined && definition.usesMoment !== true
}

/** Whether two results are the same. */
export function sameJson(a: Json, b: Json): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, place) => sameJson(each, b[place] ?? null))
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const [keys, others] = [Object.keys(a), Object.keys(b)]
  const [left, right] = [a as Readonly<Record<string, Json>>, b as Readonly<Record<string, Json>>]
  return keys.length === others.length && keys.every((key) => sameJson(left[key] ?? null, right[key] ?? null))
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
