import type { Cost } from '../data/client/cells-calls.ts'
import type { Translate } from '../provider/translator.ts'

/** Money as the locale writes it, anything else as a number with its unit: “$1.20”, “1,204 credits”. */
export function costText({ unit, amount }: Cost, locale: string, translate: Translate): string {
  if (isMoney(unit))
    return new Intl.NumberFormat(locale, { style: 'currency', currency: unit.toUpperCase() }).format(amount)
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }).format(amount)
  return translate(amount === 1 ? 'cost.one' : 'cost.other', { amount: number, unit })
}

/** Whether a unit is a currency. */
export function isMoney(unit: string): boolean {
  return unit === 'usd' || unit === 'eur'
}

/** A unit by itself: “USD”, “credits”. */
export function unitText(unit: string, translate: Translate): string {
  return isMoney(unit) ? unit.toUpperCase() : translate('cost.unit', { unit })
}
