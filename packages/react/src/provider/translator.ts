import { gridTexts } from './grid-texts.ts'
import type { OwnKey, TextKey, Texts } from './texts.ts'

/** Words a sentence of the server or of a column type; gives it back where it has no words for it. */
export type WordSentence = (english: string, translate: Translate) => string

/** Gives texts with their placeholders filled in. */
export interface Translate {
  (key: TextKey, values?: Readonly<Record<string, string | number>>): string
  /** A sentence that the server or a column type said, in the words of the dictionary; as it is where there are none. */
  said(english: string): string
  /** What a function or a plugin says of itself, in the words of the dictionary; in its own where there are none. */
  own(key: OwnKey, english: string): string
}

/** The texts of the grid stand in for those left out: they are all that its own entry carries. */
let fallback: Texts = gridTexts

/** English texts of a part that is loaded later, for whoever leaves them out. */
export function addTexts(texts: Texts): void {
  fallback = { ...fallback, ...texts }
}

/** Values that the server said. */
const worded: ReadonlySet<string> = new Set(['reason', 'where'])

/**
 * Numbers among the values are written the way of the locale. What is counted by `count` has a text of its own for one, or
 * for the other forms of the language, where there is one: `import.rows-one` beside `import.rows`. What the server said
 * (`reason`), and where it was (`where`), is worded as well.
 */
export function translator(texts: Texts, locale: string, word: WordSentence = (english) => english): Translate {
  const numbers = new Intl.NumberFormat(locale)
  const plurals = new Intl.PluralRules(locale)
  const find = (key: TextKey, { count }: Readonly<Record<string, string | number>>) => {
    const form = typeof count === 'number' ? (`${key}-${plurals.select(count)}` as TextKey) : key
    return texts[form] ?? fallback[form] ?? texts[key] ?? fallback[key] ?? key
  }
  const said = (english: string) => word(english, translate)
  const translate: Translate = Object.assign(
    (key: TextKey, values: Readonly<Record<string, string | number>> = {}) =>
      find(key, values).replace(/\{(\w+)\}/g, (all, name: string) => {
        const value = Object.hasOwn(values, name) ? values[name] : undefined
        if (typeof value === 'number') return numbers.format(value)
        return value === undefined ? all : worded.has(name) ? said(value) : value
      }),
    { said, own: (key: OwnKey, english: string) => texts[key] ?? english },
  )
  return translate
}
