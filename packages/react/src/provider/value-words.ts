import { useMemo } from 'react'
import { useOpsContext } from './ops-context.ts'
import type { Translate } from './translator.ts'
import { valueTexts } from './value-texts.ts'

const keys = new Map(Object.entries(valueTexts).map(([key, text]) => [text, key as keyof typeof valueTexts]))

/** What a column type says of itself, in the words of the dictionary; what a plugin's own type says stays as it is. */
export function valueWords(english: string, translate: Translate): string {
  const key = keys.get(english as (typeof valueTexts)[keyof typeof valueTexts])
  return key === undefined ? english : translate(key)
}

/** {@link valueWords} in the language of the provider. */
export function useValueWords(): (english: string) => string {
  const { translate } = useOpsContext()
  return useMemo(() => (english: string) => valueWords(english, translate), [translate])
}
