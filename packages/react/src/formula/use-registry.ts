import {
  builtInFunctions,
  builtInRegistry,
  createFunctionRegistry,
  type FunctionRegistry,
} from '@opslayer/core/formula'
import { useMemo } from 'react'
import { useData } from '../data/data-context.ts'

/** What formulas may call, as far as the browser can compute it: the built-in functions and the host's own. */
export function useRegistry(): FunctionRegistry {
  const { functions } = useData()
  return useMemo(
    () => (functions.length === 0 ? builtInRegistry : createFunctionRegistry(builtInFunctions, functions)),
    [functions],
  )
}
