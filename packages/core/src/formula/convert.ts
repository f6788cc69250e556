import { readDay } from './date-value.ts'
import type { AnyNativeFunction } from './formula-function.ts'
import { elementOf, type FormulaType, isList, isScalar } from './formula-type.ts'
import { dayOfMoment, momentOfDay, textOf } from './functions/conversions.ts'
import { blankAs, listOfValues } from './functions/list-of.ts'
import type { TypedNode } from './typed-formula.ts'

/** What a value costs to become another type; the overload with the lowest sum is taken. */
export interface Conversion {
  readonly node: TypedNode
  readonly cost: number
}

/**
 * Brings a value to a type, if that happens by itself; `null` if not. The whole list: blank fits everything; single
 * values become text where text is wanted; a day becomes the moment it begins and a moment its day; a text written
 * into the formula as 2026-01-31 becomes a date; a single value becomes a list of one.
 */
export function convert(node: TypedNode, wanted: FormulaType): Conversion | null {
  const { type } = node
  if (type === wanted) return { node, cost: 0 }
  if (type === 'blank') {
    return { node: node.kind === 'constant' ? { ...node, type: wanted } : callOf(blankAs, node, wanted), cost: 1 }
  }
  if (isList(wanted)) {
    if (!isScalar(type)) return null
    const element = convert(node, elementOf(wanted))
    return element === null ? null : { node: callOf(listOfValues, element.node, wanted), cost: element.cost + 20 }
  }
  if (wanted === 'datetime' && type === 'date') return { node: callOf(momentOfDay, node, 'datetime'), cost: 5 }
  if (wanted === 'date' && type === 'datetime') return { node: callOf(dayOfMoment, node, 'date'), cost: 10 }
  if ((wanted === 'date' || wanted === 'datetime') && type === 'text') return writtenDate(node, wanted)
  if (wanted === 'text' && isScalar(type)) {
    const definition = textOf.find((each) => each.parameters[0].type === type)
    return definition === undefined ? null : { node: callOf(definition, node, 'text'), cost: 30 }
  }
  return null
}

/** A date written as text. */
function writtenDate(node: TypedNode, wanted: 'date' | 'datetime'): Conversion | null {
  if (node.kind !== 'constant' || typeof node.value !== 'string') return null
  const day = readDay(node.value)
  if (day !== null) {
    const date: TypedNode = { ...node, type: 'date', value: day }
    return wanted === 'date' ? { node: date, cost: 3 } : { node: callOf(momentOfDay, date, 'datetime'), cost: 4 }
  }
  return null
}

function callOf(definition: AnyNativeFunction, arg: TypedNode, type: FormulaType): TypedNode {
  const element = isList(type) ? elementOf(type) : type
  return {
    kind: 'call',
    type,
    definition,
    args: [arg],
    facts: { S: element, T: type, types: [arg.type], literals: [undefined] },
    span: arg.span,
  }
}
