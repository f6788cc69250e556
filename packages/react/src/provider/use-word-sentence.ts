import type { KnownSentence, readSentence } from '@opslayer/core/sentences'
import { useEffect, useMemo, useState } from 'react'
import type { TextKey, Texts } from './texts.ts'
import type { Translate, WordSentence } from './translator.ts'
import { valueWords } from './value-words.ts'

type Read = typeof readSentence

/** Names that plugins give their inputs, and how the host words them. */
export type Labels = ReadonlyMap<string, string>

/**
 * Words what the server says by the host's texts; loaded only for a host that words any. Until it is there, all is English.
 *
 * @param labels what plugins name in sentences
 */
export function useWordSentence(texts: Texts | undefined, labels: Labels): WordSentence | undefined {
  const [read, setRead] = useState<Read>()
  const wanted = useMemo(() => Object.keys(texts ?? {}).some((key) => key.startsWith('said.')), [texts])
  useEffect(() => {
    if (!wanted) return
    let isGone = false
    import('@opslayer/core/sentences').then(
      (sentences) => {
        if (!isGone) setRead(() => sentences.readSentence)
      },
      // Without it everything is said all the same, in English.
      () => undefined,
    )
    return () => {
      isGone = true
    }
  }, [wanted])
  return useMemo(
    () => (read === undefined || texts === undefined ? undefined : wordSentence(texts, read, labels)),
    [read, texts, labels],
  )
}

/** Words sentences by texts such as `said.column.computed`. */
export function wordSentence(texts: Texts, read: Read, labels: Labels = new Map()): WordSentence {
  const word = ({ key, text, values }: KnownSentence, translate: Translate): string => {
    const own = `said.${key}` as const
    if (texts[own] === undefined) return text
    const worded = Object.entries(values).map(([name, value]) => {
      if (typeof value === 'object') return [name, word(value, translate)]
      // Column types are named in sentences by their labels.
      if (name === 'type' && typeof value === 'string') return [name, valueWords(value, translate)]
      return [name, name === 'input' && typeof value === 'string' ? (labels.get(value) ?? value) : value]
    })
    return translate(own as TextKey, Object.fromEntries(worded))
  }
  const said = (english: string, translate: Translate): string => {
    const known = read(english)
    if (known !== null) return word(known, translate)
    // What a schema says of an input stands behind its name.
    const [label = ''] = english.split(': ', 1)
    const worded = labels.get(label)
    if (worded !== undefined) return `${worded}${said(english.slice(label.length), translate)}`
    // Several faults of a form stand one after another.
    const parts = english.split(/(?<=\.) (?=\S)/)
    return parts.length === 1 ? english : parts.map((part) => said(part, translate)).join(' ')
  }
  return said
}
