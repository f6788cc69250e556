import type { Json } from '../values/json.ts'
import type { FormulaError } from './formula-error.ts'
import type { FormulaType, ScalarType } from './formula-type.ts'
import type { Fragment } from './fragment.ts'
import type { Result, Value, ValueOf } from './value.ts'

/** What a parameter takes. `S` and `T` stand for one type in the whole call; `T` reads different types as text, `S` refuses them. */
export type ParameterType = FormulaType | 'S' | 'T' | 'list<S>' | 'any'

export interface Parameter<Type extends ParameterType = ParameterType> {
  readonly name: string
  readonly type: Type
  readonly optional?: boolean
  /** Only a text, number or true/false written into the formula will do. */
  readonly literal?: boolean
  /** What a literal text may be, in lower case. */
  readonly oneOf?: readonly string[]
  /** Why a literal text is refused, as the rest of “NAME cannot use this: …”; `null` if it is right. */
  readonly refuse?: (text: string) => string | null
}

/** What stands fast about one call once it is checked. */
export interface CallFacts {
  /** What `S` and `T` stand for. */
  readonly S: FormulaType
  readonly T: FormulaType
  /** Types of the arguments after conversion. */
  readonly types: readonly FormulaType[]
  /** Values of the arguments that are literals, else `undefined`. */
  readonly literals: readonly (Value | undefined)[]
}

/** What a formula depends on beside the row. Never read from a session. */
export interface FormulaMoment {
  /** Milliseconds since 1970. */
  readonly now: number
  /** IANA zone of the org. */
  readonly timeZone: string
}

/** What SQL may ask while it is written. */
export interface SqlCall extends CallFacts, FormulaMoment {
  /** Computes a value once per row, to be mentioned any number of times. Not for what stands inside a subselect. */
  readonly let: (value: Fragment) => Fragment
}

/** SQL of a value and, where the function itself can fail, of the error's number (`int`, null for none). */
export interface FragmentPair {
  readonly value: Fragment
  readonly error: Fragment | null
  /** The value is null wherever there is an error, without anyone looking. @default false */
  readonly nullOnError?: boolean
}

/** A row on its way through the TypeScript evaluator. */
export interface Scope extends FormulaMoment {
  /** Values of the columns that the formula uses, in the order of the checked formula. */
  readonly columns: readonly Result[]
  /** Values of the parameters of functions that are composed of others. */
  readonly locals: Result[]
  /** What is left of the step budget. */
  steps: number
}

export type Compiled = (scope: Scope) => Result

type ParameterValue<Type extends ParameterType> = Type extends FormulaType
  ? ValueOf<Type>
  : Type extends 'list<S>'
    ? readonly (string | number | boolean)[]
    : // biome-ignore lint/suspicious/noExplicitAny: the type is known per call only
      any

type ArgumentOf<P extends Parameter, SeesBlanks> =
  | ParameterValue<P['type']>
  | (SeesBlanks extends true ? null : never)
  | (P['optional'] extends true ? undefined : never)

/** Arguments as `evaluate` gets them: those of the parameters, then those of the rest. */
export type Arguments<P extends readonly Parameter[], R extends readonly Parameter[], SeesBlanks> = [
  ...{ readonly [K in keyof P]: ArgumentOf<P[K], SeesBlanks> },
  ...ParameterValue<R[number]['type']>[],
]

type FragmentOf<P extends Parameter> = P['optional'] extends true ? Fragment | undefined : Fragment

/** Arguments as `sql` gets them. */
export type FragmentArguments<P extends readonly Parameter[]> = readonly [
  ...{ readonly [K in keyof P]: FragmentOf<P[K]> },
  ...Fragment[],
]

export type FunctionGroup =
  | 'operators'
  | 'logic'
  | 'text'
  | 'maths'
  | 'statistics'
  | 'dates'
  | 'lists'
  | 'json'
  | 'trade'
  | 'custom'

/** Documentation that is also a test on both back ends. */
export interface FunctionExample {
  readonly formula: string
  /** In its stored form: `YYYY-MM-DD`, ISO moments, seconds. An error's sign for errors. */
  readonly result: Json
}

interface Description {
  /** In capitals. */
  readonly name: string
  readonly group: FunctionGroup
  /** One or two sentences for people: what it gives. */
  readonly summary: string
  readonly examples: readonly FunctionExample[]
  /** Other names for it. */
  readonly aliases?: readonly string[]
  /** Types that `S` may stand for. @default all */
  readonly allows?: readonly FormulaType[]
  /** Gives another result as time goes by: how long one stays good. */
  readonly volatile?: 'day' | 'minute'
  /** Reads now or the time zone. @default false */
  readonly usesMoment?: boolean
}

interface Shape<
  P extends readonly Parameter[] = readonly Parameter[],
  R extends readonly Parameter[] = readonly Parameter[],
> {
  readonly parameters: P
  /** Further arguments, in turns, any number of times. */
  readonly rest?: R
  /** One more argument after the rest. */
  readonly last?: Parameter
  readonly result: FormulaType | 'S' | 'T' | 'list<S>'
}

/** A function written twice: in SQL and in TypeScript. */
export interface NativeFunction<
  P extends readonly Parameter[] = readonly Parameter[],
  R extends readonly Parameter[] = readonly Parameter[],
  SeesBlanks extends boolean = boolean,
> extends Description,
    Shape<P, R> {
  readonly kind?: 'native'
  /**
   * Whether the function looks at blank arguments itself. Else a blank argument makes the result blank.
   * @default false
   */
  readonly seesBlanks?: SeesBlanks
  /** The result can be longer than its arguments: held against the size of a cell. @default false */
  readonly grows?: boolean
  /**
   * Numbers and dates that it gives never leave their bounds (0 and 1e-100 to 1e100, the years 1 to 9999), or not in a
   * call like this, whatever arguments within the bounds it gets: they are not checked. @default false
   */
  readonly bounded?: boolean | ((call: CallFacts) => boolean)
  /** Works on each character for long: each counts as four steps. @default false */
  readonly isDear?: boolean
  /** The text it gives is never empty unless blank. @default false */
  readonly neverEmpty?: boolean
  /**
   * SQL over arguments that may be written any number of times. Every operation in it must be total: no input of its
   * type makes it raise, not even while planning; see fragment.ts and docs/formulas.md.
   */
  readonly sql: (args: FragmentArguments<P>, call: SqlCall) => Fragment | FragmentPair
  readonly evaluate: (args: Arguments<P, R, SeesBlanks>, scope: FormulaMoment, call: CallFacts) => Value | FormulaError
}

/** A function that decides which arguments count, and so which errors. */
export interface LazyFunction extends Description, Shape {
  readonly kind: 'lazy'
  readonly sql: (args: readonly FragmentPair[], call: SqlCall) => FragmentPair
  readonly evaluate: (args: readonly Compiled[], scope: Scope, call: CallFacts) => Result
}

/** A function made of others: a formula over its parameters, written `@name`. */
export interface ComposedFunction extends Description {
  readonly kind: 'composed'
  readonly parameters: readonly (Parameter & { readonly type: FormulaType })[]
  readonly formula: string
  readonly rest?: undefined
  readonly last?: undefined
}

// biome-ignore lint/suspicious/noExplicitAny: parameters are invariant; only `any` accepts every function
export type AnyNativeFunction = NativeFunction<any, any, any>

export type FormulaFunction = AnyNativeFunction | LazyFunction | ComposedFunction

/** Infers the types of the arguments that `evaluate` gets. */
export function defineFunction<
  const P extends readonly Parameter[],
  const R extends readonly Parameter[] = readonly [],
  SeesBlanks extends boolean = false,
>(definition: NativeFunction<P, R, SeesBlanks>): NativeFunction<P, R, SeesBlanks> {
  return Object.freeze(definition)
}

export function defineLazyFunction(definition: Omit<LazyFunction, 'kind'>): LazyFunction {
  return Object.freeze({ ...definition, kind: 'lazy' })
}

/** @example defineComposition({ name: 'MARGIN', parameters: [{ name: 'price', type: 'number' }, …], formula: '(@price - @cost) / @price', … }) */
export function defineComposition(definition: Omit<ComposedFunction, 'kind'>): ComposedFunction {
  return Object.freeze({ ...definition, kind: 'composed' })
}

/** A parameter of a function. */
export function parameter<const Type extends ParameterType>(name: string, type: Type): Parameter<Type> {
  return { name, type }
}

/** A parameter that may be left out. */
export function optional<const Type extends ParameterType>(
  name: string,
  type: Type,
): Parameter<Type> & { readonly optional: true } {
  return { name, type, optional: true }
}

/** A parameter that must be written into the formula as it is. */
export function literal<const Type extends ScalarType>(
  name: string,
  type: Type,
  oneOf?: readonly string[],
): Parameter<Type> & { readonly literal: true } {
  return { name, type, literal: true, ...(oneOf === undefined ? {} : { oneOf }) }
}
