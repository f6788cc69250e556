import { OpsError } from '../errors/ops-error.ts'
import type { FormulaFunction } from './formula-function.ts'

/** The functions that formulas may call. */
export interface FunctionRegistry {
  /** Those of a name, told apart by their arguments; the name in capitals. */
  readonly find: (name: string) => readonly FormulaFunction[]
  /** Names that can be called, aliases too, in order. */
  readonly names: readonly string[]
  /** Every function once. */
  readonly functions: readonly FormulaFunction[]
}

const namePattern = /^[A-Z][A-Z0-9_]{0,59}(\.[A-Z][A-Z0-9_]{0,59}){0,2}$/
const reservedNames: ReadonlySet<string> = new Set(['IF', 'THEN', 'ELSE', 'TRUE', 'FALSE', 'NULL'])

/**
 * Makes a registry of our functions and those of the host and its plugins.
 *
 * @param ours overloads of one name stand beside each other
 * @param theirs one function each; names of plugins are prefixed: `REOON.SCORE`
 * @throws OpsError `INVALID_INPUT` for a name that is not in capitals, and `ALREADY_EXISTS` for one that is taken
 */
export function createFunctionRegistry(
  ours: readonly FormulaFunction[],
  theirs: readonly FormulaFunction[] = [],
): FunctionRegistry {
  const byName = new Map<string, FormulaFunction[]>()
  for (const definition of ours) {
    for (const name of [definition.name, ...(definition.aliases ?? [])]) {
      byName.set(name, [...(byName.get(name) ?? []), definition])
    }
  }
  for (const definition of theirs) {
    for (const name of [definition.name, ...(definition.aliases ?? [])]) {
      if (!namePattern.test(name) || reservedNames.has(name)) {
        throw new OpsError(
          'INVALID_INPUT',
          `A formula function is named in capitals, digits and “_”, such as REOON.SCORE, not “${name.slice(0, 80)}”.`,
        )
      }
      if (byName.has(name)) {
        throw new OpsError(
          'ALREADY_EXISTS',
          `There is already a formula function ${name}; prefix yours with its plugin.`,
        )
      }
      byName.set(name, [definition])
    }
  }
  const isCallable = (name: string) => namePattern.test(name)
  return {
    find: (name) => byName.get(name) ?? [],
    names: [...byName.keys()].filter(isCallable).sort(),
    functions: [...ours, ...theirs],
  }
}
