import * as z from 'zod'
import { say } from '../sentences/say.ts'
import type { Parsed } from './column-type.ts'
import { emptyOperators } from './empty-operators.ts'
import type { Json } from './json.ts'
import { jsonContains } from './json-containment.ts'
import { jsonPathText } from './json-text.ts'
import { copyJson } from './json-value.ts'
import { maxOperandText, operandOf, readOperandText } from './operand.ts'
import { type AnyOperator, defineOperator } from './operator.ts'
import { accept, refuse } from './parsed.ts'
import type { Predicate } from './predicate.ts'
import { foldCase } from './text-operators.ts'

/** Keys and list places from the outermost in; 1 to 50 of at most 200 characters. Text splits at dots: `a.b.0`. */
const path = z.preprocess(
  (input) => (typeof input === 'string' ? input.split('.') : input),
  z.array(z.string().min(1).max(200)).min(1).max(50),
)
const pathText = z.strictObject({ path, value: z.union([z.string(), z.number(), z.boolean()]).transform(String) })
const pathOnly = z.union([z.strictObject({ path }).transform((operand) => operand.path), path])

interface PathText {
  readonly path: readonly string[]
  readonly value: string
}

function readPathText(input: unknown): Parsed<PathText> {
  const shaped = pathText.safeParse(input)
  if (!shaped.success) return refuse(say('it needs a path such as “address.city” and a value'))
  const value = readOperandText(shaped.data.value)
  if (!value.ok) return value
  const steps = readPath(shaped.data.path)
  return steps.ok && steps.value !== null ? accept({ path: steps.value, value: value.value ?? '' }) : refuse(badPath)
}

const badPath = say('it needs a path such as “address.city”')

function readPath(input: unknown): Parsed<readonly string[]> {
  const shaped = pathOnly.safeParse(input)
  if (!shaped.success) return refuse(badPath)
  return shaped.data.every((step) => readOperandText(step).ok) ? accept(shaped.data) : refuse(badPath)
}

function readContained(input: unknown): Parsed<Json> {
  if (input === undefined || input === null) return accept<Json>(null)
  if (typeof input !== 'string') return copyJson(input)
  if (input.length > maxOperandText)
    return refuse(say('it is longer than {#count} characters', { count: maxOperandText }))
  if (!/^\s*[[{]/.test(input)) return readOperandText(input)
  try {
    return copyJson(JSON.parse(input))
  } catch {
    return refuse(say('it is not JSON'))
  }
}

function pathTextOperator(id: string, label: string, match: 'equals' | 'contains') {
  return defineOperator<unknown, Json, PathText>({
    id,
    label,
    operandKind: 'json',
    operand: () => operandOf(readPathText),
    predicate: ({ path, value }) => ({ kind: 'json-path', path, is: { kind: 'text', match, value } }),
    test: (cell, { path, value }) => {
      const text = cell === null ? null : jsonPathText(cell, path)
      if (text === null) return false
      return match === 'equals' ? foldCase(text) === foldCase(value) : foldCase(text).includes(foldCase(value))
    },
  })
}

function pathOperator(id: string, label: string, present: boolean) {
  return defineOperator<unknown, Json, readonly string[]>({
    id,
    label,
    operandKind: 'json',
    operand: () => operandOf(readPath),
    predicate: (path) => {
      const absent: Predicate = {
        kind: 'or',
        of: [{ kind: 'empty' }, { kind: 'json-path', path, is: { kind: 'empty' } }],
      }
      return present ? { kind: 'not', of: absent } : absent
    },
    test: (cell, path) => (cell !== null && jsonPathText(cell, path) !== null) === present,
  })
}

function containsOperator(id: string, label: string, negated: boolean) {
  return defineOperator<unknown, Json, Json>({
    id,
    label,
    operandKind: 'json',
    operand: () => operandOf(readContained),
    predicate: (value) => {
      const predicate: Predicate = { kind: 'json-contains', value }
      return negated ? { kind: 'not', of: predicate } : predicate
    },
    test: (cell, operand) => (cell !== null && jsonContains(cell, operand)) !== negated,
  })
}

export const jsonOperators: readonly AnyOperator<unknown, Json>[] = [
  containsOperator('contains', 'contains', false),
  containsOperator('not_contains', 'does not contain', true),
  pathTextOperator('path_is', 'at path is', 'equals'),
  pathTextOperator('path_contains', 'at path contains', 'contains'),
  pathOperator('has_path', 'has path', true),
  pathOperator('lacks_path', 'lacks path', false),
  ...emptyOperators,
]
