import { memo } from './memo.ts'

/** The locale as Intl takes it, or `en-US` where Intl cannot read the tag, so that no cell fails for a bad setting. */
export const usableLocale = memo((locale: string): string => {
  try {
    return new Intl.Locale(locale).baseName
  } catch {
    return 'en-US'
  }
})

/** ISO country code that the locale implies: `de` and `de-DE` give `DE`; `null` if it implies none. */
export function regionOf(locale: string): string | null {
  return new Intl.Locale(usableLocale(locale)).maximize().region ?? null
}

/** Without the invisible marks that Intl puts around numbers and dates of right-to-left languages. */
export function withoutBidiMarks(text: string): string {
  return text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
}
