import type { FormulaFunction } from './formula-function.ts'
import { createFunctionRegistry, type FunctionRegistry } from './function-registry.ts'
import { dayOfMoment, momentOfDay, textOf } from './functions/conversions.ts'
import { dateMakeFunctions } from './functions/date-make.ts'
import { datePartFunctions } from './functions/date-parts.ts'
import { dateStepFunctions } from './functions/date-steps.ts'
import { dateTextFunctions } from './functions/date-text.ts'
import { jsonFunctions } from './functions/json.ts'
import { listOfValues } from './functions/list-of.ts'
import { listFunctions } from './functions/lists.ts'
import { logicFunctions } from './functions/logic.ts'
import { mathsFunctions } from './functions/maths.ts'
import { numberTextFunctions } from './functions/number-text.ts'
import { operatorFunctions } from './functions/operators.ts'
import { statisticsFunctions } from './functions/statistics.ts'
import { textCaseFunctions } from './functions/text-case.ts'
import { textPartFunctions } from './functions/text-parts.ts'
import { textPatternFunctions } from './functions/text-patterns.ts'
import { textSearchFunctions } from './functions/text-search.ts'
import { tradeFunctions } from './functions/trade.ts'

/** The functions of the language, in the order of the docs. */
export const builtInFunctions: readonly FormulaFunction[] = [
  ...operatorFunctions,
  ...logicFunctions,
  ...textSearchFunctions,
  ...textPartFunctions,
  ...textCaseFunctions,
  ...textPatternFunctions,
  ...textOf,
  ...numberTextFunctions,
  ...mathsFunctions,
  ...statisticsFunctions,
  ...dateMakeFunctions,
  ...datePartFunctions,
  ...dateStepFunctions,
  ...dateTextFunctions,
  momentOfDay,
  dayOfMoment,
  listOfValues,
  ...listFunctions,
  ...jsonFunctions,
  ...tradeFunctions,
]

/** The registry without functions of a host or of plugins. */
export const builtInRegistry: FunctionRegistry = createFunctionRegistry(builtInFunctions)
