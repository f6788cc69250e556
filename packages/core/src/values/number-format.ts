import { usableLocale } from './locale.ts'
import { memo } from './memo.ts'

const formatter = memo((key: string): Intl.NumberFormat => {
  const [locale = 'en-US', options = '{}'] = key.split('\n')
  return new Intl.NumberFormat(usableLocale(locale), JSON.parse(options) as Intl.NumberFormatOptions)
})

/** A number formatter, kept for the next cell. */
export function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return formatter(`${locale}\n${JSON.stringify(options)}`)
}

/** Intl's options for a fixed number of decimals, or for as many as the number has (at most `auto`). */
export function fractionDigits(decimals: number | null, auto = 20): Intl.NumberFormatOptions {
  return decimals === null
    ? { minimumFractionDigits: 0, maximumFractionDigits: auto }
    : { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
}
