import { gridTexts } from './grid-texts.ts'
import type { TextKey, Texts } from './texts.ts'

/** Gives texts with their placeholders filled in. */
export type Translate = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string

/** The texts of the grid stand in for those left out: they are all that its own entry carries. */
let fallback: Texts = gridTexts

/** English texts of a part that is loaded later, for whoever leaves them out. */
export function addTexts(texts: Texts): void {
  fallback = { ...fallback, ...texts }
}

/**
 * Numbers among the values are written the way of the locale. What is counted by `count` has a text of its own for one, or
 * for the other forms of the language, where there is one: `import.rows-one` beside `import.rows`.
 */
export function translator(texts: Texts, locale: string): Translate {
  const numbers = new Intl.NumberFormat(locale)
  const plurals = new Intl.PluralRules(locale)
  const find = (key: TextKey, { count }: Readonly<Record<string, string | number>>) => {
    const form = typeof count === 'number' ? (`${key}-${plurals.select(count)}` as TextKey) : key
    return texts[form] ?? fallback[form] ?? texts[key] ?? fallback[key] ?? key
  }
  return (key, values = {}) =>
    find(key, values).replace(/\{(\w+)\}/g, (all, name: string) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined
      return value === undefined ? all : typeof value === 'number' ? numbers.format(value) : value
    })
}
