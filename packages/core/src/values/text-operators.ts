import type { ColumnType, Parsed, ValueContext } from './column-type.ts'
import { emptyOperators } from './empty-operators.ts'
import { operandList, operandOf, readOperandText } from './operand.ts'
import { type AnyOperator, defineOperator } from './operator.ts'
import { patternOperator } from './pattern-operator.ts'
import type { Predicate } from './predicate.ts'

/** The case mapping that text filters compare under; PostgreSQL's is `lower(x collate "und-x-icu")`. */
export function foldCase(text: string): string {
  return text.toLowerCase()
}

type TextMatch = Extract<Predicate, { kind: 'text' }>['match']

function textTest(match: TextMatch, value: string, operand: string): boolean {
  const text = foldCase(value)
  const part = foldCase(operand)
  switch (match) {
    case 'equals':
      return text === part
    case 'contains':
      return text.includes(part)
    case 'starts':
      return text.startsWith(part)
    case 'ends':
      return text.endsWith(part)
  }
}

function textOperator(id: string, label: string, match: TextMatch, negated = false) {
  return defineOperator<unknown, string, string>({
    id,
    label,
    operandKind: 'text',
    operand: () => operandOf(readOperandText),
    predicate: (value) => {
      const predicate: Predicate = { kind: 'text', match, value }
      return negated ? { kind: 'not', of: predicate } : predicate
    },
    test: (value, operand) => (value !== null && textTest(match, value, operand)) !== negated,
  })
}

const foldedSets = new WeakMap<readonly string[], ReadonlySet<string>>()

/** Made once per operand, which may list thousands of texts. */
function foldedSet(texts: readonly string[]): ReadonlySet<string> {
  const set = foldedSets.get(texts) ?? new Set(texts.map(foldCase))
  foldedSets.set(texts, set)
  return set
}

function textListOperator(id: string, label: string, negated: boolean) {
  return defineOperator<unknown, string, readonly string[]>({
    id,
    label,
    operandKind: 'values',
    operand: () => operandList(readOperandText),
    predicate: (values) => {
      const predicate: Predicate = { kind: 'text-in', values }
      return negated ? { kind: 'not', of: predicate } : predicate
    },
    test: (value, operand) => (value !== null && foldedSet(operand).has(foldCase(value))) !== negated,
  })
}

const searchOperators = [
  textOperator('contains', 'contains', 'contains'),
  textOperator('not_contains', 'does not contain', 'contains', true),
  textOperator('starts_with', 'starts with', 'starts'),
  textOperator('ends_with', 'ends with', 'ends'),
  patternOperator,
] as const

/** For text that people write: every match ignores case. */
export const textOperators: readonly AnyOperator<unknown, string>[] = [
  textOperator('is', 'is', 'equals'),
  textOperator('is_not', 'is not', 'equals', true),
  ...searchOperators,
  textListOperator('is_any_of', 'is any of', false),
  textListOperator('is_none_of', 'is none of', true),
  ...emptyOperators,
]

/**
 * For text with one spelling per value (e-mail, phone, URL, domain): equality is exact after the operand went through
 * the type's own `parse`; searching inside ignores case.
 */
export function canonicalTextOperators<Settings>(
  parse: ColumnType<Settings, string>['parse'],
): readonly AnyOperator<Settings, string>[] {
  const reader =
    (settings: Settings, context: ValueContext) =>
    (input: unknown): Parsed<string> =>
      parse(input, settings, context)
  const equality = (id: string, label: string, negated: boolean) =>
    defineOperator<Settings, string, string>({
      id,
      label,
      operandKind: 'value',
      operand: (settings, context) => operandOf(reader(settings, context)),
      predicate: (value) => {
        const predicate: Predicate = { kind: 'compare', op: '=', value }
        return negated ? { kind: 'not', of: predicate } : predicate
      },
      test: (value, operand) => (value === operand) !== negated,
    })
  const membership = (id: string, label: string, negated: boolean) =>
    defineOperator<Settings, string, readonly string[]>({
      id,
      label,
      operandKind: 'values',
      operand: (settings, context) => operandList(reader(settings, context)),
      predicate: (values) => {
        const predicate: Predicate = { kind: 'in', values }
        return negated ? { kind: 'not', of: predicate } : predicate
      },
      test: (value, operand) => (value !== null && operand.includes(value)) !== negated,
    })
  return [
    equality('is', 'is', false),
    equality('is_not', 'is not', true),
    ...searchOperators,
    membership('is_any_of', 'is any of', false),
    membership('is_none_of', 'is none of', true),
    ...emptyOperators,
  ]
}
