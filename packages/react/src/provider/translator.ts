import type { KnownSentence } from '@opslayer/core/sentences'
import { gridTexts } from './grid-texts.ts'
import type { OwnKey, TextKey, Texts } from './texts.ts'

/** Finds out which sentence a text of the server is; null for the words of vendors and people. */
export type ReadSentence = (text: string) => KnownSentence | null

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

/**
 * Numbers among the values are written the way of the locale. What is counted by `count` has a text of its own for one, or
 * for the other forms of the language, where there is one: `import.rows-one` beside `import.rows`. What the server said
 * (`reason`) is worded as well.
 */
export function translator(texts: Texts, locale: string, read: ReadSentence = () => null): Translate {
  const numbers = new Intl.NumberFormat(locale)
  const plurals = new Intl.PluralRules(locale)
  const find = (key: TextKey, { count }: Readonly<Record<string, unknown>>) => {
    const form = typeof count === 'number' ? (`${key}-${plurals.select(count)}` as TextKey) : key
    return texts[form] ?? fallback[form] ?? texts[key] ?? fallback[key]
  }
  const fill = (text: string, values: Readonly<Record<string, unknown>>) =>
    text.replace(/\{(\w+)\}/g, (all, name: string) => {
      const value = Object.hasOwn(values, name) ? values[name] : all
      if (typeof value === 'number') return numbers.format(value)
      return typeof value !== 'string' ? word(value as KnownSentence) : name === 'reason' ? said(value) : value
    })
  const word = ({ key, text, values }: KnownSentence): string => {
    const own = find(`said.${key}` as TextKey, values)
    return own === undefined ? text : fill(own, values)
  }
  const said = (english: string): string => {
    const known = read(english)
    if (known !== null) return word(known)
    // Several faults of a form stand one after another.
    const parts = english.split(/(?<=\.) (?=\S)/)
    return parts.length === 1 ? english : parts.map((part) => said(part)).join(' ')
  }
  const own = (key: OwnKey, english: string) => texts[key] ?? english
  return Object.assign(
    (key: TextKey, values: Readonly<Record<string, string | number>> = {}) => fill(find(key, values) ?? key, values),
    { said, own },
  )
}
