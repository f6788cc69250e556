import { type Json, readRelativePeriod, type ValueContext } from '@opslayer/core/values'
import type { Filter } from '../data/client/views-calls.ts'
import type { Translate } from '../provider/translator.ts'
import { valueWords } from '../provider/value-words.ts'
import { type ColumnsByName, type FilterColumn, operatorOf } from './filter-columns.ts'

/** Enough of a long value to know it again. */
const mostLetters = 40
/** Values of a list that are named; the others are counted. */
const mostValues = 3

/** A condition as a sentence: “Stage is any of Won, Lost”. */
export function filterWords(
  filter: Filter,
  columns: ColumnsByName,
  context: ValueContext,
  translate: Translate,
): string {
  const words = (part: Filter) => filterWords(part, columns, context, translate)
  if ('and' in filter) return filter.and.map(words).join(` ${translate('filter.and')} `)
  if ('or' in filter) return filter.or.map(words).join(` ${translate('filter.or')} `)
  if ('not' in filter) return `${translate('filter.not')} (${words(filter.not)})`
  if ('search' in filter) return translate('filter.search-words', { text: shortened(filter.search) })
  if ('formula' in filter) return shortened(filter.formula)
  const column = columns.get(filter.column)
  const name = column?.name ?? filter.column
  if ('state' in filter) {
    const states = typeof filter.state === 'string' ? [filter.state] : filter.state
    return `${name} ${states.map((state) => translate(`state.${state}`)).join(', ')}`
  }
  const operator = column && operatorOf(column, filter.op)
  if (column === undefined || operator === undefined) return `${name} ${filter.op}`
  const asks = `${name} ${valueWords(operator.label, translate)}`
  if (operator.operandKind === 'none') return asks
  return `${asks} ${operandWords(filter.value, column, operator.operandKind, context, translate)}`
}

function operandWords(
  value: Json | undefined,
  column: FilterColumn,
  kind: string,
  context: ValueContext,
  translate: Translate,
): string {
  if (kind === 'period') return periodWords(String(value), translate)
  if (kind === 'span') return String(value).replaceAll('_', ' ')
  if (kind === 'json') return shortened(typeof value === 'string' ? value : JSON.stringify(value))
  if (!Array.isArray(value)) return oneValue(value ?? null, column, context)
  if (kind === 'range') return value.map((each) => oneValue(each, column, context)).join(' – ')
  const named = value.slice(0, mostValues).map((each) => oneValue(each, column, context))
  const more = value.length - named.length
  return [...named, ...(more > 0 ? [translate('filter.more-values', { count: more })] : [])].join(', ')
}

function oneValue(value: Json, column: FilterColumn, context: ValueContext): string {
  const isList = column.type.storage === 'text[]'
  const read = column.type.parse(isList ? [value] : value, column.settings, context)
  const text =
    read.ok && read.value !== null ? column.type.format(read.value, column.settings, context) : String(value ?? '')
  return shortened(text)
}

/** `last_7_days` as people say it. */
export function periodWords(value: string, translate: Translate): string {
  const period = readRelativePeriod(value)
  if (period === null) return value
  const { which, unit, count } = period
  if (count === undefined) return translate(`period.${which}-${unit}`)
  return translate(`period.${which === 'next' ? 'next' : 'last'}-${unit}s`, { count })
}

function shortened(text: string): string {
  const letters = [...text]
  return letters.length > mostLetters ? `${letters.slice(0, mostLetters).join('')}…` : text
}
