import { OpsError } from '../errors/ops-error.ts'
import type { FunctionPart } from '../plugin/function-part.ts'
import type { FormulaFunction } from './formula-function.ts'
import { checkFunctionShape, isCallable } from './function-shape.ts'
import { guardFunction } from './guard-function.ts'
import { tryFunction } from './try-function.ts'

/** The functions that formulas may call. */
export interface FunctionRegistry {
  /** Those of a name, told apart by their arguments; the name in capitals. */
  readonly find: (name: string) => readonly FormulaFunction[]
  /** Names that can be called, aliases too, in order. */
  readonly names: readonly string[]
  /** Every function once. */
  readonly functions: readonly FormulaFunction[]
}

/**
 * Makes a registry of our functions and those of the host and its plugins. Theirs are tried: each is called, and its
 * examples are computed.
 *
 * @param ours overloads of one name stand beside each other
 * @param theirs one function each; names of plugins are prefixed: `REOON.SCORE`
 * @throws OpsError `INVALID_INPUT` naming the function and what is wrong with it, and `ALREADY_EXISTS` for a name that
 * is taken
 */
export function createFunctionRegistry(
  ours: readonly FormulaFunction[],
  theirs: readonly FunctionPart[] = [],
): FunctionRegistry {
  const byName = new Map<string, FormulaFunction[]>()
  for (const definition of ours) {
    for (const name of namesOf(definition)) byName.set(name, [...(byName.get(name) ?? []), definition])
  }
  const checked = theirs.map((given) => guardFunction(checkFunctionShape(given)))
  for (const definition of checked) {
    for (const name of namesOf(definition)) {
      if (byName.has(name)) {
        throw new OpsError(
          'ALREADY_EXISTS',
          `There is already a formula function ${name}; prefix yours with its plugin.`,
        )
      }
      byName.set(name, [definition])
    }
  }
  const registry: FunctionRegistry = {
    find: (name) => byName.get(name) ?? [],
    names: [...byName.keys()].filter(isCallable).sort(),
    functions: [...ours, ...checked],
  }
  for (const definition of checked) tryFunction(definition, registry)
  return registry
}

function namesOf({ name, aliases = [] }: FormulaFunction): readonly string[] {
  return [name, ...aliases]
}
