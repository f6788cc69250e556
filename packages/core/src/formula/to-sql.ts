import { markStep } from '../query/formula-mark.ts'
import { readCellSql, storeCellSql } from './cell-fragment.ts'
import { isoDay } from './date-value.ts'
import { errorCases, errorNumber, firstError } from './error-fragment.ts'
import { largestNumber, longestDuration, smallestNumber } from './float-digits.ts'
import type { FormulaColumn } from './formula-column.ts'
import { FormulaError } from './formula-error.ts'
import type { AnyNativeFunction, CallFacts, FormulaMoment, FragmentPair, SqlCall } from './formula-function.ts'
import { type FormulaType, isList } from './formula-type.ts'
import {
  bareSlot,
  bound,
  cellFragment,
  code,
  collated,
  type Fragment,
  list,
  ofNumeric,
  raw,
  slotFragment,
  sqlTypeOf,
} from './fragment.ts'
import { listBound, textBound } from './result-bounds.ts'
import type { CheckedFormula, TypedNode } from './typed-formula.ts'
import type { Result, Value } from './value.ts'

/** One value that the statement computes on the way; mentions only slots before it. */
export interface Step {
  readonly slot: number
  readonly fragment: Fragment
}

/** Gathers the steps of the formulas of one statement. */
export class SqlSteps {
  readonly steps: Step[] = []
  readonly #moment: FormulaMoment
  readonly #columnSlots = new Map<string, FragmentPair>()

  constructor(moment: FormulaMoment) {
    this.#moment = moment
  }

  /** SQL of the formula's result as its column keeps it, and of its error's number. */
  formula(formula: CheckedFormula): FragmentPair {
    const compiler = new NodeCompiler(this, this.#moment, formula.columns)
    const { value, error, nullOnError } = compiler.node(formula.root)
    const kept = error === null || nullOnError === true ? value : code`case when ${error} is null then ${value} end`
    return { value: this.step(storeCellSql(formula.type, kept)), error: error === null ? null : this.step(error) }
  }

  /** From now on the column is what another formula of the statement gives. */
  provide(column: FormulaColumn, { value, error }: FragmentPair): void {
    this.#columnSlots.set(column.id, { value: this.step(readCellSql(column, value)), error, nullOnError: true })
  }

  /** A column's cell, read once in the statement. */
  column(column: FormulaColumn): FragmentPair {
    const known = this.#columnSlots.get(column.id)
    if (known !== undefined) return known
    const error =
      column.errorCell === undefined
        ? null
        : code`nullif(${cellFragment(column.errorCell)} % ${raw(String(markStep))}, 0)`
    const pair = { value: this.step(readCellSql(column)), error, nullOnError: true }
    this.#columnSlots.set(column.id, pair)
    return pair
  }

  step(fragment: Fragment): Fragment {
    if (fragment.rounded !== undefined) return ofNumeric(this.step(fragment.rounded))
    if (bareSlot(fragment) !== null) return fragment
    const slot = this.steps.length
    this.steps.push({ slot, fragment })
    return slotFragment(slot)
  }
}

class NodeCompiler {
  readonly #steps: SqlSteps
  readonly #moment: FormulaMoment
  readonly #columns: readonly FormulaColumn[]
  readonly #locals: FragmentPair[] = []

  constructor(steps: SqlSteps, moment: FormulaMoment, columns: readonly FormulaColumn[]) {
    this.#steps = steps
    this.#moment = moment
    this.#columns = columns
  }

  node(node: TypedNode): FragmentPair {
    switch (node.kind) {
      case 'constant':
        return constantSql(node.type, node.value)
      case 'column': {
        const column = this.#columns[node.index]
        return column === undefined ? constantSql(node.type, null) : this.#steps.column(column)
      }
      case 'local':
        return this.#locals[node.index] ?? constantSql(node.type, null)
      case 'call':
        return this.#call(node)
      case 'composed': {
        node.args.forEach((arg, place) => {
          this.#locals[node.first + place] = this.node(arg)
        })
        return this.node(node.body)
      }
      default:
        return node satisfies never
    }
  }

  #call(node: Extract<TypedNode, { kind: 'call' }>): FragmentPair {
    const { definition, facts, type } = node
    const args = node.args.map((arg) => this.node(arg))
    const call: SqlCall = { ...facts, ...this.#moment, let: (value) => this.#steps.step(value) }
    if (definition.kind === 'lazy') {
      const { value, error } = definition.sql(args, call)
      return { value: this.#step(type, value), error: error === null ? null : this.#steps.step(error) }
    }
    if (definition.seesBlanks !== true && node.args.some((arg) => arg.kind === 'constant' && arg.value === null)) {
      return { value: nullSql(type), error: firstError(args.map((arg) => arg.error)), nullOnError: true }
    }
    const values = args.map(({ value }) => value)
    const made = definition.sql(values as never, call)
    const own = 'parts' in made ? { value: made, error: null } : made
    const guarded =
      own.error === null || definition.seesBlanks === true ? own.error : unlessBlank(own.error, node.args, values)
    const finished = this.#finish(definition, facts, type, own.value)
    const error = firstError([...args.map((arg) => arg.error), guarded, finished.error])
    if (error === null) return { value: finished.value, error }
    const nullOnError =
      definition.seesBlanks !== true &&
      finished.nullOnError === true &&
      (own.error === null || own.nullOnError === true) &&
      args.every((arg) => arg.error === null || arg.nullOnError === true)
    return { value: finished.value, error: this.#steps.step(error), nullOnError }
  }

  #step(type: FormulaType, value: Fragment): Fragment {
    return this.#steps.step(type === 'text' || type === 'list<text>' ? collated(value) : value)
  }

  /** What happens to every result of a type: numbers and dates are held in bounds, empty text and lists become blank. */
  #finish(definition: AnyNativeFunction, facts: CallFacts, type: FormulaType, value: Fragment): FragmentPair {
    const { bounded, grows, neverEmpty } = definition
    const isBounded = typeof bounded === 'function' ? bounded(facts) : bounded === true
    if (type === 'number' || type === 'duration') {
      const made = this.#step(type, value)
      if (isBounded) return { value: made, error: null, nullOnError: true }
      const size = code`abs(${made})`
      const largest = raw(String(type === 'number' ? largestNumber : longestDuration))
      return {
        value: this.#steps.step(
          code`case when ${size} between ${raw(String(smallestNumber))} and ${largest} then ${made} when ${size} < 1 then 0 end`,
        ),
        error: errorCases([code`${size} > ${largest}`, 'too-large']),
        nullOnError: true,
      }
    }
    if (type === 'date' || type === 'datetime') {
      const made = this.#step(type, value)
      if (isBounded) return { value: made, error: null, nullOnError: true }
      const isInside = code`${made} between ${raw(dateBounds[type][0])} and ${raw(dateBounds[type][1])}`
      return {
        value: this.#steps.step(code`case when ${isInside} then ${made} end`),
        error: errorCases([code`not (${isInside})`, 'date-range']),
        nullOnError: true,
      }
    }
    if (type === 'text') {
      const made = this.#step(type, neverEmpty === true ? value : code`nullif(${collated(value)}, '')`)
      return {
        value: made,
        error: grows === true ? errorCases([code`octet_length(${made}) > ${textBound}`, 'too-long']) : null,
        nullOnError: grows !== true,
      }
    }
    if (isList(type)) {
      const made = this.#step(type, code`nullif(${value}, '{}'::${raw(sqlTypeOf(type))})`)
      return { value: made, error: errorCases([code`cardinality(${made}) > ${listBound}`, 'too-long']) }
    }
    return { value: type === 'blank' ? nullSql(type) : this.#step(type, value), error: null, nullOnError: true }
  }
}

const dateBounds = {
  date: [`date '0001-01-01'`, `date '9999-12-31'`],
  datetime: [`timestamptz '0001-01-02 00:00:00+00'`, `timestamptz '9999-12-30 23:59:59.999+00'`],
} as const

/** A function's own error counts only where no argument is blank, as its value is blank otherwise. */
function unlessBlank(error: Fragment, nodes: readonly TypedNode[], values: readonly Fragment[]): Fragment {
  const unsure = values.filter((_, index) => nodes[index]?.kind !== 'constant')
  return unsure.length === 0 || nodes.length === 1
    ? error
    : code`case when num_nulls(${list(unsure)}) = 0 then ${error} end`
}

function constantSql(type: FormulaType, value: Result): FragmentPair {
  if (value instanceof FormulaError) return { value: nullSql(type), error: errorNumber(value.id), nullOnError: true }
  return { value: value === null ? nullSql(type) : bound(parameterOf(type, value), sqlTypeOf(type)), error: null }
}

function nullSql(type: FormulaType): Fragment {
  return raw(`null::${sqlTypeOf(type)}`)
}

/** A value as drivers take it for the type that it is cast to. */
function parameterOf(type: FormulaType, value: Value): unknown {
  if (isList(type))
    return (value as readonly Value[]).map((item) => parameterOf(type.slice(5, -1) as FormulaType, item))
  switch (type) {
    case 'date':
      return isoDay(value as number)
    case 'datetime':
      return new Date(value as number).toISOString()
    case 'json':
      return JSON.stringify(value)
    default:
      return value
  }
}
