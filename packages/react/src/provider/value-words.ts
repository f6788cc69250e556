import { useMemo } from 'react'
import { useOpsContext } from './ops-context.ts'
import type { Translate } from './translator.ts'
import { valueTexts } from './value-texts.ts'

const keys = new Map(Object.entries(valueTexts).map(([key, text]) => [text, key as keyof typeof valueTexts]))

/** The key of what a column type says of itself in English. */
export function valueKeyOf(english: string): keyof typeof valueTexts | undefined {
  return keys.get(english as (typeof valueTexts)[keyof typeof valueTexts])
}

/** What a column type says of itself, in the words of the dictionary; what a plugin's own type says stays as it is. */
export function valueWords(english: string, translate: Translate): string {
  const key = valueKeyOf(english)
  return key === undefined ? english : translate(key)
}

/** {@link valueWords} in the language of the provider. */
export function useValueWords(): (english: string) => string {
  const { translate } = useOpsContext()
  return useMemo(() => (english: string) => valueWords(english, translate), [translate])
}
