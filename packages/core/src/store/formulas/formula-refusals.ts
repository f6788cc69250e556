import type { OpsErrorCode } from '../../errors/error-codes.ts'
import { OpsError, type OpsErrorPath } from '../../errors/ops-error.ts'
import type { FormulaFault } from '../../formula/formula-fault.ts'

/** A formula that cannot be read or does not fit, with the places of its faults. */
export function invalidFormula(
  faults: readonly FormulaFault[],
  path: OpsErrorPath,
  code: OpsErrorCode = 'FORMULA_INVALID',
): OpsError {
  const issues = faults.slice(0, 20).map(({ message, start, end }) => ({ code, message, path, span: { start, end } }))
  return new OpsError(code, issues[0]?.message ?? 'The formula cannot be read.', { path, issues })
}

/** The fault of a formula as a whole. */
export function wholeFault(source: string, message: string): FormulaFault {
  return { start: 0, end: source.length, message }
}
