import { usableLocale } from './locale.ts'
import { memo } from './memo.ts'

/** Signs that name one currency, or by far most often mean it. */
const signs: Readonly<Record<string, string>> = {
  $: 'USD',
  US$: 'USD',
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'JPY',
  '￥': 'JPY',
  '₹': 'INR',
  '₩': 'KRW',
  '₽': 'RUB',
  '₺': 'TRY',
  '₴': 'UAH',
  '₪': 'ILS',
  '₫': 'VND',
  '฿': 'THB',
  '₦': 'NGN',
  '₱': 'PHP',
  '₿': 'XBT',
  R$: 'BRL',
  A$: 'AUD',
  AU$: 'AUD',
  C$: 'CAD',
  CA$: 'CAD',
  NZ$: 'NZD',
  S$: 'SGD',
  HK$: 'HKD',
  NT$: 'TWD',
  MX$: 'MXN',
  zł: 'PLN',
  Kč: 'CZK',
  Ft: 'HUF',
}

const codes: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

const marksOf = memo((key: string): readonly string[] => {
  const [code = '', locale = ''] = key.split('\n')
  const marks = new Set([code])
  for (const tag of [usableLocale(locale), 'en']) {
    for (const currencyDisplay of ['symbol', 'narrowSymbol'] as const) {
      const format = new Intl.NumberFormat(tag, { style: 'currency', currency: code, currencyDisplay })
      const mark = format.formatToParts(0).find((part) => part.type === 'currency')?.value
      if (mark !== undefined) marks.add(mark.replace(/[\u061c\u200e\u200f]/g, ''))
    }
  }
  return [...marks].sort((a, b) => b.length - a.length)
})

/** What may stand for a currency beside an amount, longest first: `USD`, `US$`, `$`. */
export function currencyMarks(code: string, locale: string): readonly string[] {
  return marksOf(`${code}\n${locale}`)
}

/** The text without the first of the marks that stands in it, in any case, beside the amount. */
export function withoutMarks(text: string, marks: readonly string[]): string {
  const lower = text.toLowerCase()
  for (const mark of marks) {
    const at = lower.indexOf(mark.toLowerCase())
    if (at < 0 || lower.length !== text.length) continue
    const before = text.slice(0, at)
    const after = text.slice(at + mark.length)
    const touchesLetter = /\p{L}$/u.test(before) || (/^\p{L}/u.test(after) && /\p{L}$/u.test(mark))
    if (!touchesLetter) return joinAround(before, after)
  }
  return text
}

function joinAround(before: string, after: string): string {
  return `${before.trimEnd()}${after.trimStart()}`.trim()
}

/** The code of the currency that a text names, or `null`. A bare `$` counts as USD, `¥` as JPY. */
export function foreignCurrency(text: string): string | null {
  const match = /(?:\p{Lu}{0,2}\p{Sc}|zł|Kč|Ft(?!\p{L}))/u.exec(text)
  if (match && Object.hasOwn(signs, match[0])) return signs[match[0]] ?? null
  for (const [word] of text.matchAll(/(?<!\p{L})[a-z]{3}(?!\p{L})/giu)) {
    if (codes.has(word.toUpperCase())) return word.toUpperCase()
  }
  return null
}
