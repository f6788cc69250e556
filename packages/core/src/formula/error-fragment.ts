import { type FormulaErrorId, formulaErrors } from './formula-error.ts'
import { code, type Fragment, list, raw } from './fragment.ts'

/** SQL of an error where a condition holds. */
export function errorWhen(condition: Fragment, id: FormulaErrorId): Fragment {
  return errorCases([condition, id])
}

/** SQL of the first error whose condition holds; null if none does. */
export function errorCases(...cases: readonly (readonly [condition: Fragment, id: FormulaErrorId])[]): Fragment {
  const branches = cases.map(([condition, id]) => code`when ${condition} then ${errorNumber(id)}`)
  return code`case ${list(branches, ' ')} end`
}

export function errorNumber(id: FormulaErrorId): Fragment {
  return raw(`${formulaErrors[id].number}`)
}

/** The first error there is. */
export function firstError(errors: readonly (Fragment | null)[]): Fragment | null {
  const found = errors.filter((error) => error !== null)
  const [only] = found
  return only === undefined ? null : found.length === 1 ? only : code`coalesce(${list(found)})`
}
