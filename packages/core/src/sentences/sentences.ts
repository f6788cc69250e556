import { callSentences } from './call-sentences.ts'
import { fileSentences } from './file-sentences.ts'
import { formulaSentences } from './formula-sentences.ts'
import { querySentences } from './query-sentences.ts'
import { runSentences } from './run-sentences.ts'
import { tableSentences } from './table-sentences.ts'
import { valueSentences } from './value-sentences.ts'

/**
 * Every sentence that users are told by the engine and the server: what it is called, and how it is said in English.
 *
 * A hole in braces takes a text, `{#count}` a number, and `{~reason}` another sentence of this table, or part of one.
 * Keys stay when their English is worded better: clients say sentences in other languages by them.
 */
export const sentences = {
  ...formulaSentences,
  ...valueSentences,
  ...querySentences,
  ...tableSentences,
  ...fileSentences,
  ...runSentences,
  ...callSentences,
} as const

export type SentenceKey = keyof typeof sentences

/** A sentence in English, its holes open. */
export type SentenceText = (typeof sentences)[SentenceKey]
