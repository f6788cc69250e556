import type { SentenceKey } from '@opslayer/core/sentences'
import { actionTexts } from './action-texts.ts'
import { columnTexts } from './column-texts.ts'
import { commandTexts } from './command-texts.ts'
import { connectionTexts } from './connection-texts.ts'
import { dialogTexts } from './dialog-texts.ts'
import { fillTexts } from './fill-texts.ts'
import { filterTexts } from './filter-texts.ts'
import { gridTexts } from './grid-texts.ts'
import { lateGridTexts } from './late-grid-texts.ts'
import { runsTexts } from './runs-texts.ts'
import { scheduleTexts } from './schedule-texts.ts'
import { tableTexts } from './table-texts.ts'
import { transferTexts } from './transfer-texts.ts'
import { valueTexts } from './value-texts.ts'
import { viewTexts } from './view-texts.ts'

/** Every text that users read, in English. A host hands in others by the same keys; what it leaves out stays English. */
export const englishTexts = {
  ...gridTexts,
  ...lateGridTexts,
  ...tableTexts,
  ...dialogTexts,
  ...filterTexts,
  ...viewTexts,
  ...columnTexts,
  ...transferTexts,
  ...connectionTexts,
  ...commandTexts,
  ...valueTexts,
  ...fillTexts,
  ...runsTexts,
  ...actionTexts,
  ...scheduleTexts,
} as const

export type TextKey = keyof typeof englishTexts

/** Sentences of the server by their keys: `said.column.computed`. */
type SaidKey = `said.${SentenceKey}`

/** What functions of formulas and plugins say of themselves. */
export type OwnKey = `function.${string}` | `plugin.${string}`

/**
 * Texts by their keys; those with a `{count}` also by the key and a form of the language, such as `import.rows-few`.
 *
 * What the server says goes by `said.` and the key of the sentence, its holes without their marks. What functions of
 * formulas do goes by `function.` and their name, and what plugins say of themselves by `plugin.` and where it stands:
 * `plugin.acme.find_email.name`.
 */
export type Texts = Readonly<
  Partial<Record<TextKey | `${TextKey | SaidKey}-${Intl.LDMLPluralRule}` | SaidKey, string>> & {
    [own: OwnKey]: string
  }
>
