/*
 * The language of formulas without a database: check, complete and compute in browsers, and functions of one's own.
 * The language itself: docs/formulas.md.
 */
export { builtInFunctions, builtInRegistry } from './built-in-functions.ts'
export { checkFormula, type FormulaSurroundings } from './check.ts'
export { columnsOfTable, type TableColumn } from './columns-of-table.ts'
export { type Completion, type CompletionSources, type Completions, completeFormula } from './complete-formula.ts'
export { type DescribedFunction, describeFunctions } from './describe-functions.ts'
export { createEvaluator, type EvaluateOptions, type FormulaCells, type FormulaEvaluator } from './evaluate.ts'
export type { FormulaColumn } from './formula-column.ts'
export { type ErrorSign, FormulaError, type FormulaErrorId, formulaError } from './formula-error.ts'
export type { FormulaFault, Outcome, Span } from './formula-fault.ts'
export {
  defineComposition,
  defineFunction,
  type FormulaFunction,
  type FormulaMoment,
  type FunctionExample,
  type FunctionGroup,
  literal,
  optional,
  parameter,
} from './formula-function.ts'
export { type FormulaType, typeName } from './formula-type.ts'
export { bound, code, type Fragment, raw } from './fragment.ts'
export { createFunctionRegistry, type FunctionRegistry } from './function-registry.ts'
export { shownSource } from './references.ts'
export type { CheckedFormula } from './typed-formula.ts'
