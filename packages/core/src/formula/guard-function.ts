import { resultType } from './bind-arguments.ts'
import { FormulaError, formulaError } from './formula-error.ts'
import type { AnyNativeFunction, FormulaFunction } from './formula-function.ts'
import { elementOf, type FormulaType, isList } from './formula-type.ts'

/**
 * A function of a host or a plugin whose TypeScript can harm nobody: what it throws, and what is of another type than it
 * says, is an error of the cell. Its SQL is another matter: see docs/formulas.md.
 */
export function guardFunction(definition: FormulaFunction): FormulaFunction {
  if (definition.kind === 'composed' || definition.kind === 'lazy') return definition
  const evaluate: AnyNativeFunction['evaluate'] = (args, scope, call) => {
    const failed = formulaError('function-failed')
    try {
      const result: unknown = definition.evaluate(args, scope, call)
      const isResult = result instanceof FormulaError || isOfType(result, resultType(definition, call))
      return isResult ? (result as ReturnType<AnyNativeFunction['evaluate']>) : failed
    } catch {
      return failed
    }
  }
  return Object.freeze({ ...definition, evaluate })
}

function isOfType(value: unknown, type: FormulaType): boolean {
  if (value === null) return true
  if (isList(type))
    return Array.isArray(value) && value.every((each) => each !== null && isOfType(each, elementOf(type)))
  switch (type) {
    case 'text':
      return typeof value === 'string'
    case 'boolean':
      return typeof value === 'boolean'
    case 'number':
    case 'duration':
    case 'date':
    case 'datetime':
      return typeof value === 'number' && !Number.isNaN(value)
    case 'json':
    case 'blank':
      return value !== undefined && typeof value !== 'function'
    default:
      return type satisfies never
  }
}
