import type { OpsProviderProps } from '@opslayer/react'
import { useEffect, useState } from 'react'

/** Languages of the tables, as they name themselves. */
export const languages = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof languages

/** How dates and numbers are written where the language is not that of the org. */
const locales = { en: undefined, de: 'de-DE' } as const

const stored = 'northwind.language'

export interface Speech {
  readonly language: Language
  readonly choose: (language: Language) => void
  /** Undefined for English, and until the texts are there. */
  readonly texts: OpsProviderProps['texts']
  /** Undefined where the org's own is right. */
  readonly locale: string | undefined
}

/** The language of the tables, remembered by the browser; its texts are loaded when it is chosen. */
export function useLanguage(): Speech {
  const [language, choose] = useState<Language>(() => (localStorage.getItem(stored) === 'de' ? 'de' : 'en'))
  const [german, setGerman] = useState<OpsProviderProps['texts']>()
  useEffect(() => {
    localStorage.setItem(stored, language)
    if (language !== 'de') return
    let isGone = false
    import('./german/german.ts').then(({ german }) => {
      if (!isGone) setGerman(german)
    })
    return () => {
      isGone = true
    }
  }, [language])
  return { language, choose, texts: language === 'de' ? german : undefined, locale: locales[language] }
}
