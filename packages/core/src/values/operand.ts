import * as z from 'zod'
import { say } from '../sentences/say.ts'
import { textFault } from './cell-bounds.ts'
import type { Parsed } from './column-type.ts'
import { accept, refuse } from './parsed.ts'

/** The longest text, in UTF-16 units, that a filter may look for. */
export const maxOperandText = 10_000
/** The most values that a filter may list. */
const maxOperandList = 10_000

/** A schema that normalises an operand with a reader such as a type's `parse`; an empty operand is refused. */
export function operandOf<Operand>(read: (input: unknown) => Parsed<Operand>): z.ZodType<Operand> {
  return z.unknown().transform((input, context): Operand => {
    const parsed = read(input)
    if (parsed.ok && parsed.value !== null) return parsed.value
    context.addIssue({ code: 'custom', message: parsed.ok ? say('a value is missing') : parsed.reason, input })
    return z.NEVER
  })
}

/** For operators that ask nothing more. */
export const noOperand: z.ZodType<null> = z
  .union([z.null(), z.undefined()], { error: say('this filter takes no value') })
  .transform(() => null)

/** One or more values, without doubles. A single value counts as a list of one. */
export function operandList<Operand>(read: (input: unknown) => Parsed<Operand>): z.ZodType<readonly Operand[]> {
  return operandOf((input) => {
    const inputs: readonly unknown[] = Array.isArray(input) ? input : [input]
    if (inputs.length === 0) return refuse(say('the list is empty'))
    if (inputs.length > maxOperandList)
      return refuse(say('the list has more than {#count} values', { count: maxOperandList }))
    const values = new Set<Operand>()
    for (const item of inputs) {
      const parsed = read(item)
      if (!parsed.ok) return parsed
      if (parsed.value !== null) values.add(parsed.value)
    }
    return values.size === 0 ? refuse(say('a value is missing')) : accept([...values])
  })
}

/** Two values, put in ascending order. Takes `[from, to]` or `{ from, to }`. */
export function operandRange<Operand extends string | number>(
  read: (input: unknown) => Parsed<Operand>,
): z.ZodType<readonly [from: Operand, to: Operand]> {
  return operandOf((input) => {
    const [from, to, ...more] = rangeEnds(input)
    if (more.length > 0) return refuse(say('a range has two ends'))
    const low = read(from)
    if (!low.ok) return low
    const high = read(to)
    if (!high.ok) return high
    if (low.value === null || high.value === null) return refuse(say('a range needs both ends'))
    return accept(low.value <= high.value ? [low.value, high.value] : [high.value, low.value])
  })
}

function rangeEnds(input: unknown): readonly unknown[] {
  if (Array.isArray(input)) return input
  return typeof input === 'object' && input !== null && 'from' in input && 'to' in input ? [input.from, input.to] : []
}

/** Text to look for, taken as it is; numbers count as their text. */
export function readOperandText(input: unknown): Parsed<string> {
  const text = typeof input === 'number' ? String(input) : input
  if (typeof text !== 'string') return refuse(say('it is not text'))
  if (text === '') return accept<string>(null)
  if (text.length > maxOperandText)
    return refuse(say('it is longer than {#count} characters', { count: maxOperandText }))
  const fault = textFault(text)
  return fault === null ? accept(text) : refuse(fault)
}
