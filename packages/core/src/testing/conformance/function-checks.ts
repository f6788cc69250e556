import assert from 'node:assert/strict'
import { compileRaw } from '../../db/compile-raw.ts'
import { embedded } from '../../db/database-input.ts'
import { openDatabase } from '../../db/open-database.ts'
import { builtInFunctions } from '../../formula/built-in-functions.ts'
import { checkFormula } from '../../formula/check.ts'
import { exampleQuery } from '../../formula/example-query.ts'
import { createFunctionRegistry } from '../../formula/function-registry.ts'
import { isTimeless, sameJson } from '../../formula/try-function.ts'
import type { FunctionPart } from '../../plugin/function-part.ts'
import type { PluginCheck } from './plugin-trial.ts'

const moment = { now: Date.UTC(2026, 0, 15, 12), timeZone: 'UTC' } as const

/** What must hold of the formula functions of a plugin. */
export function functionChecks(functions: readonly FunctionPart[]): readonly PluginCheck[] {
  if (functions.length === 0) return []
  return [
    {
      name: 'formula functions: their SQL gives what their examples say, as their TypeScript does',
      run: () => testFormulaFunctions(functions),
    },
  ]
}

/**
 * Computes the examples of formula functions in SQL, on an embedded database. That their TypeScript agrees with them,
 * `createOps` finds out when it is given the functions, and this does too.
 *
 * @throws OpsError as `createFunctionRegistry`; AssertionError if a function has no example or an example does not hold
 *
 * @example
 * it('agrees in SQL', () => testFormulaFunctions([margin]))
 */
export async function testFormulaFunctions(functions: readonly FunctionPart[]): Promise<void> {
  const registry = createFunctionRegistry(builtInFunctions, functions)
  const names = new Set(functions.map(({ name }) => name))
  const examples = registry.functions
    .filter(({ name }) => names.has(name))
    .flatMap((definition) => {
      assert.ok(definition.examples.length > 0, `${definition.name} has no example to be tried.`)
      return isTimeless(definition) ? definition.examples : []
    })
  const formulas = examples.map(({ formula }) => {
    const outcome = checkFormula(formula, { columns: [], functions: registry, keepConstants: true })
    assert.ok(outcome.ok, `${formula} cannot be used.`)
    return outcome.value
  })
  const database = await openDatabase(embedded('memory'), 'opslayer')
  try {
    for (const [place, formula] of formulas.entries()) {
      const { query, shown } = exampleQuery([formula], moment)
      const { sql: text, parameters } = compileRaw(query)
      const { rows } = await database.asLogin((client) => client.query({ text, values: [...parameters] }))
      const [given = null] = shown(rows[0])
      const { formula: source, result } = examples[place] ?? { formula: '', result: null }
      const told = `In SQL, ${source} gives ${JSON.stringify(given)}, not ${JSON.stringify(result)}.`
      assert.ok(sameJson(given, result), told)
    }
  } finally {
    await database.close()
  }
}
