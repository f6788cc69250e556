import { gridTexts } from './grid-texts.ts'
import type { TextKey, Texts } from './texts.ts'

/** Gives texts with their placeholders filled in. */
export type Translate = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string

/** The texts of the grid stand in for those left out: they are all that its own entry carries. */
const fallback: Texts = gridTexts

/** Numbers among the values are written the way of the locale. */
export function translator(texts: Texts, locale: string): Translate {
  const numbers = new Intl.NumberFormat(locale)
  return (key, values = {}) =>
    (texts[key] ?? fallback[key] ?? key).replace(/\{(\w+)\}/g, (all, name: string) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined
      return value === undefined ? all : typeof value === 'number' ? numbers.format(value) : value
    })
}
