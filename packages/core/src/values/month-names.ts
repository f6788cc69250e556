import { usableLocale, withoutBidiMarks } from './locale.ts'
import { memo } from './memo.ts'

/** The words of a locale that a date may be written with. */
export interface DateWords {
  /** Folded name → month 1 to 12. Holds the locale's own and English names, short and long. */
  readonly months: ReadonlyMap<string, number>
  /** Folded words without meaning: names of weekdays, "of", "de", "th". */
  readonly fillers: ReadonlySet<string>
  /** Folded word → days from today: "tomorrow", "morgen". */
  readonly relativeDays: ReadonlyMap<string, number>
}

/** Lower case, without accents and punctuation, so that "Févr." and "fevr" meet. */
export function foldWord(word: string): string {
  return word
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]|[^\p{L}\p{M}]/gu, '')
}

/** The month as it stands in a date, with a preposition that the language glues to it (Hebrew). */
function nameWithin(parts: readonly Intl.DateTimeFormatPart[]): string {
  const at = parts.findIndex((part) => part.type === 'month')
  const glued = /\p{L}+$/u.exec(parts[at - 1]?.value ?? '')?.[0] ?? ''
  return glued + (parts[at]?.value ?? '')
}

const plainFillers =
  'st nd rd th of the at on de del do d den der e er o a an um à le el en г года р рік thang thg lúc kl klo ora alle m g gada 年 月 日 년 월 일'

export const dateWords = memo((locale: string): DateWords => {
  const months = new Map<string, number>()
  const fillers = new Set(plainFillers.split(' ').map(foldWord))
  const relativeDays = new Map<string, number>()
  for (const tag of new Set(['en', usableLocale(locale)])) {
    for (const style of ['long', 'short'] as const) {
      const shape = { calendar: 'gregory', numberingSystem: 'latn', timeZone: 'UTC' } as const
      const alone = new Intl.DateTimeFormat(tag, { ...shape, month: style })
      const within = new Intl.DateTimeFormat(tag, { ...shape, day: 'numeric', month: style, year: 'numeric' })
      const weekdays = new Intl.DateTimeFormat(tag, { ...shape, weekday: style })
      for (let month = 1; month <= 12; month++) {
        const day = Date.UTC(2026, month - 1, 15)
        for (const spelling of [alone.format(day), nameWithin(within.formatToParts(day))]) {
          if (!/\d/.test(spelling) && foldWord(spelling) !== '') months.set(foldWord(spelling), month)
        }
      }
      for (let day = 1; day <= 7; day++) {
        for (const word of weekdays.format(Date.UTC(2026, 0, day)).split(/\s+/)) fillers.add(foldWord(word))
      }
    }
    const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })
    for (const days of [-1, 0, 1]) relativeDays.set(foldWord(withoutBidiMarks(relative.format(days, 'day'))), days)
  }
  months.set('sept', 9)
  for (const month of months.keys()) fillers.delete(month)
  return { months, fillers, relativeDays }
})
