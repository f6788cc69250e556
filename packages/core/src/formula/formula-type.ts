import { say } from '../sentences/say.ts'
/** Types of single values. */
export const scalarTypes = ['text', 'number', 'boolean', 'date', 'datetime', 'duration'] as const
export type ScalarType = (typeof scalarTypes)[number]
export type ListType = `list<${ScalarType}>`

/** What a formula, or a part of one, gives. `blank` is what BLANK() and an empty list give: it fits everywhere. */
export type FormulaType = ScalarType | ListType | 'json' | 'blank'

export function isScalar(type: FormulaType): type is ScalarType {
  return (scalarTypes as readonly string[]).includes(type)
}

export function isList(type: FormulaType): type is ListType {
  return type.startsWith('list<')
}

export function elementOf(type: ListType): ScalarType {
  return type.slice(5, -1) as ScalarType
}

export function listOf(type: ScalarType): ListType {
  return `list<${type}>`
}

const names: Readonly<Record<FormulaType, string>> = {
  text: say('text'),
  number: say('a number'),
  boolean: say('true or false'),
  date: say('a date'),
  datetime: say('a date with time'),
  duration: say('a duration'),
  json: say('JSON'),
  blank: say('blank'),
  'list<text>': say('a list of texts'),
  'list<number>': say('a list of numbers'),
  'list<boolean>': say('a list of true/false values'),
  'list<date>': say('a list of dates'),
  'list<datetime>': say('a list of dates with time'),
  'list<duration>': say('a list of durations'),
}

/** The type in a sentence: `a number`, `a list of texts`. */
export function typeName(type: FormulaType): string {
  return names[type]
}

/**
 * The one type that several values have in common, or `null`. Blanks fit everything, days and moments meet as moments;
 * with `mixed`, different single values meet as text.
 */
export function commonType(types: readonly FormulaType[], mixed: boolean): FormulaType | null {
  const different = new Set(types.filter((type) => type !== 'blank'))
  const [first = 'blank', second] = different
  if (second === undefined) return first
  const all = [...different]
  if (all.every((type) => type === 'date' || type === 'datetime')) return 'datetime'
  if (all.every(isScalar)) return mixed ? 'text' : null
  const elements = [...new Set(all.map((type) => (isList(type) ? elementOf(type) : type)))]
  const [element] = elements
  return elements.length === 1 && element !== undefined && isScalar(element) ? listOf(element) : null
}
