import type { SpendLine } from '../data/client/budgets-calls.ts'

/** What went to one column, or to the actions of one plugin in a table. */
export interface SpendGroup extends Pick<SpendLine, 'plugin' | 'unit' | 'tableId' | 'columnId' | 'spent' | 'items'> {
  readonly key: string
}

/** Runs by what they were for, the dearest first; what cost nothing is left out. */
export function spendGroups(lines: readonly SpendLine[]): readonly SpendGroup[] {
  const groups = new Map<string, SpendGroup>()
  for (const { plugin, unit, tableId, columnId, spent, items } of lines) {
    if (unit === '') continue
    const key = [plugin, unit, tableId, columnId].join(' ')
    const before = groups.get(key)
    groups.set(key, {
      key,
      plugin,
      unit,
      tableId,
      columnId,
      spent: spent + (before?.spent ?? 0),
      items: items + (before?.items ?? 0),
    })
  }
  return [...groups.values()].filter(({ items }) => items > 0).toSorted((a, b) => b.spent - a.spent)
}

/** The present month of a time zone and the eleven before it, as `2026-11`. */
export function latestMonths(now: Date, timeZone: string): readonly string[] {
  const parts = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', timeZone }).formatToParts(now)
  const [year, month] = ['year', 'month'].map((type) => Number(parts.find((part) => part.type === type)?.value))
  return Array.from({ length: 12 }, (_, back) =>
    new Date(Date.UTC(year ?? 0, (month ?? 1) - 1 - back)).toISOString().slice(0, 7),
  )
}
