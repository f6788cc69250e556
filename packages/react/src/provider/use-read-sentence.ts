import type { KnownSentence } from '@opslayer/core/sentences'
import { useEffect, useMemo, useState } from 'react'
import type { Texts } from './texts.ts'
import type { ReadSentence } from './translator.ts'
import { valueKeyOf } from './value-words.ts'

/** What finds out which sentence the server said; loaded only for a host that words any. Until it is there, they are English. */
export function useReadSentence(texts: Texts | undefined): ReadSentence | undefined {
  const [read, setRead] = useState<ReadSentence>()
  const wanted = useMemo(() => Object.keys(texts ?? {}).some((key) => key.startsWith('said.')), [texts])
  useEffect(() => {
    if (!wanted) return
    let isGone = false
    import('@opslayer/core/sentences').then(
      ({ readSentence }) => {
        if (!isGone) setRead(() => readSentence)
      },
      // Without it everything is said all the same, in English.
      () => undefined,
    )
    return () => {
      isGone = true
    }
  }, [wanted])
  return useMemo(() => {
    if (read === undefined || texts === undefined) return undefined
    return (text: string) => {
      const known = read(text)
      return known === null ? null : withTypes(known, texts)
    }
  }, [read, texts])
}

/** Column types are named in sentences by their labels. */
function withTypes(known: KnownSentence, texts: Texts): KnownSentence {
  const values = Object.entries(known.values).map(([name, value]) => {
    if (typeof value === 'object') return [name, withTypes(value, texts)]
    const key = name === 'type' && typeof value === 'string' ? valueKeyOf(value) : undefined
    return [name, key === undefined ? value : (texts[key] ?? value)]
  })
  return { ...known, values: Object.fromEntries(values) }
}
