import { say } from '../sentences/say.ts'
/** The signs that users see in a cell whose formula failed. */
export type ErrorSign = '#DIV/0!' | '#NUM!' | '#VALUE!' | '#REF!' | '#TYPE!' | '#LIMIT!'

/**
 * Every way a formula can fail in one row. The numbers are what SQL gives and what may be stored; they never change
 * their meaning.
 */
export const formulaErrors = {
  'divided-by-zero': { number: 1, sign: '#DIV/0!', sentence: say('A number is divided by zero.') },
  'too-large': { number: 2, sign: '#NUM!', sentence: say('A number became larger than 1e100.') },
  'not-real': {
    number: 3,
    sign: '#NUM!',
    sentence: say('The function has no value for this number, such as the root of a negative one.'),
  },
  'not-number': { number: 4, sign: '#VALUE!', sentence: say('The text does not read as a number.') },
  'not-date': { number: 5, sign: '#VALUE!', sentence: say('The text does not read as a date such as 2026-01-31.') },
  'date-range': {
    number: 6,
    sign: '#VALUE!',
    sentence: say('The date lies outside the years 1 to 9999 or does not exist.'),
  },
  'lost-reference': { number: 7, sign: '#REF!', sentence: say('A column that the formula uses was deleted.') },
  'json-type': { number: 8, sign: '#TYPE!', sentence: say('The JSON holds a value of another type at this place.') },
  'too-long': { number: 9, sign: '#VALUE!', sentence: say('The text or list is longer than a cell can hold.') },
  'bad-position': { number: 10, sign: '#VALUE!', sentence: say('A position or count is out of bounds.') },
  'bad-formula': {
    number: 11,
    sign: '#TYPE!',
    sentence: say('The formula no longer fits its columns; open it to see why.'),
  },
  'bad-list': { number: 12, sign: '#NUM!', sentence: say('The function needs more numbers than there are.') },
  'too-many-steps': { number: 13, sign: '#LIMIT!', sentence: say('The formula takes too many steps.') },
  'function-failed': { number: 14, sign: '#VALUE!', sentence: say('A function of the host or of a plugin failed.') },
} as const satisfies Record<string, { readonly number: number; readonly sign: ErrorSign; readonly sentence: string }>

export type FormulaErrorId = keyof typeof formulaErrors

/** An error as a value: what a cell holds in place of a result. One frozen object for each {@link FormulaErrorId}. */
export class FormulaError {
  readonly id: FormulaErrorId
  /** As SQL gives it. */
  readonly number: number
  readonly sign: ErrorSign
  /** What happened, for people. */
  readonly sentence: string
  /** The id as codes are written elsewhere: `DIVIDED_BY_ZERO`. */
  readonly code: string

  constructor(id: FormulaErrorId) {
    this.id = id
    this.number = formulaErrors[id].number
    this.sign = formulaErrors[id].sign
    this.sentence = formulaErrors[id].sentence
    this.code = id.toUpperCase().replaceAll('-', '_')
  }
}

const made = new Map<FormulaErrorId, FormulaError>()
const byNumber = new Map<number, FormulaError>()
for (const id of Object.keys(formulaErrors) as FormulaErrorId[]) {
  const error = Object.freeze(new FormulaError(id))
  made.set(id, error)
  byNumber.set(error.number, error)
}

export function formulaError(id: FormulaErrorId): FormulaError {
  return made.get(id) ?? new FormulaError(id)
}

/** The error that SQL gave by its number; a number of a newer opslayer reads as `bad-formula`. */
export function formulaErrorOf(number: number): FormulaError {
  return byNumber.get(number) ?? formulaError('bad-formula')
}

/** Numbers of the errors that a code or a sign names: `DIVIDED_BY_ZERO`, `#VALUE!`. */
export function errorNumbers(codeOrSign: string): readonly number[] {
  return [...byNumber.values()].flatMap(({ code, sign, number }) =>
    code === codeOrSign || sign === codeOrSign ? [number] : [],
  )
}
