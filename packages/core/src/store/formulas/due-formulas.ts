import { dayAt } from '../../formula/date-value.ts'
import type { KnownTable } from '../org-session.ts'
import { type TableFormula, tableFormulas } from './table-formulas.ts'

const minuteMs = 60_000

/** Formulas that change with time whose results are older than their unit: of another day of the org, or a minute. */
export function dueFormulas({
  table,
  context,
  functions,
}: Pick<KnownTable, 'table' | 'context' | 'functions'>): readonly TableFormula[] {
  if (!table.columns.some(({ formula }) => formula !== null)) return []
  return tableFormulas(table, functions).formulas.filter(({ formula, definition }) => {
    const at = definition.formula?.at ?? null
    if (formula.volatile === null) return false
    if (at === null) return true
    const [then, now] = [Date.parse(at), context.now.getTime()]
    if (formula.volatile === 'minute') return now - then >= minuteMs
    return dayAt(then, context.timeZone) !== dayAt(now, context.timeZone)
  })
}
