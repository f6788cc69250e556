import type { FormulaFunction } from './formula-function.ts'
import { createFunctionRegistry, type FunctionRegistry } from './function-registry.ts'
import { addressFunctions } from './functions/addresses.ts'
import { choiceFunctions } from './functions/choices.ts'
import { conditionFunctions } from './functions/conditions.ts'
import { dayOfMoment, momentOfDay, textOf } from './functions/conversions.ts'
import { dateMakeFunctions } from './functions/date-make.ts'
import { datePartFunctions } from './functions/date-parts.ts'
import { dateStepFunctions } from './functions/date-steps.ts'
import { dateTextFunctions } from './functions/date-text.ts'
import { jsonFunctions } from './functions/json.ts'
import { listOfValues } from './functions/list-of.ts'
import { listSetFunctions } from './functions/list-sets.ts'
import { listTextFunctions } from './functions/list-text.ts'
import { listFunctions } from './functions/lists.ts'
import { mathsFunctions } from './functions/maths.ts'
import { nameFunctions } from './functions/names.ts'
import { numberTextFunctions } from './functions/number-text.ts'
import { operatorFunctions } from './functions/operators.ts'
import { roundingFunctions } from './functions/rounding.ts'
import { statisticsFunctions } from './functions/statistics.ts'
import { textCaseFunctions } from './functions/text-case.ts'
import { textPartFunctions } from './functions/text-parts.ts'
import { textPatternFunctions } from './functions/text-patterns.ts'
import { textSearchFunctions } from './functions/text-search.ts'
import { transcendentFunctions } from './functions/transcendents.ts'

/** The functions of the language, in the order of the docs. */
export const builtInFunctions: readonly FormulaFunction[] = [
  ...operatorFunctions,
  ...choiceFunctions,
  ...conditionFunctions,
  ...textSearchFunctions,
  ...textPartFunctions,
  ...textCaseFunctions,
  ...textPatternFunctions,
  ...textOf,
  ...numberTextFunctions,
  ...mathsFunctions,
  ...roundingFunctions,
  ...transcendentFunctions,
  ...statisticsFunctions,
  ...dateMakeFunctions,
  ...datePartFunctions,
  ...dateStepFunctions,
  ...dateTextFunctions,
  momentOfDay,
  dayOfMoment,
  listOfValues,
  ...listFunctions,
  ...listSetFunctions,
  ...listTextFunctions,
  ...jsonFunctions,
  ...addressFunctions,
  ...nameFunctions,
]

/** The registry without functions of a host or of plugins. */
export const builtInRegistry: FunctionRegistry = createFunctionRegistry(builtInFunctions)
