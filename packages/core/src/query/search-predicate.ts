import type { Predicate } from '../values/predicate.ts'
import { optionsNamed } from './column-options.ts'
import type { QueryColumn, QueryContext } from './query-table.ts'

/**
 * What a search asks of one column, or null if the column is not searched.
 *
 * - Text: the cell contains the text, case folded; lists of texts: one of their values does.
 * - Options: the cell holds an option whose name contains the text.
 * - Numbers and dates: the cell equals what the text means in the org's locale ("1,234.5", "3 May 2024"). Not by
 *   fragments: those could use no index, and "12" would find every thousandth number.
 * - Times, checkboxes and JSON are not searched.
 */
export function searchPredicate(column: QueryColumn, text: string, context: QueryContext): Predicate | null {
  const { type, settings } = column
  switch (type.storage) {
    case 'text':
    case 'text[]': {
      if (type.sort !== 'option-order') return { kind: 'text', match: 'contains', value: text }
      const ids = optionsNamed(settings, text)
      if (ids.length === 0) return { kind: 'never' }
      return type.storage === 'text' ? { kind: 'in', values: ids } : { kind: 'list', match: 'any', values: ids }
    }
    case 'numeric':
    case 'date': {
      const parsed = type.parse(text, settings, context)
      const value: unknown = parsed.ok ? parsed.value : null
      return typeof value === 'string' || typeof value === 'number'
        ? { kind: 'compare', op: '=', value }
        : { kind: 'never' }
    }
    case 'boolean':
    case 'timestamptz':
    case 'jsonb':
      return null
    default:
      return type.storage satisfies never
  }
}
