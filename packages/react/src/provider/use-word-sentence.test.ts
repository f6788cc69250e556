import { readSentence } from '@opslayer/core/sentences'
import { describe, expect, it } from 'vitest'
import { translator } from './translator.ts'
import { wordSentence } from './use-word-sentence.ts'
import { valueTexts } from './value-texts.ts'

const texts = {
  ...valueTexts,
  'type.number': 'Zahl',
  'write.failed': 'Nicht gespeichert: {reason}',
  'said.column.of-column': 'Spalte „{column}“: {fault}',
  'said.formula.too-long': 'Eine Formel hat höchstens {count} Zeichen.',
  'said.column.cannot-be-unique': 'Eine Spalte der Art {type} ist nicht eindeutig.',
} as const

describe('what the server says', () => {
  const { said } = translator(texts, 'de-DE', wordSentence(texts, readSentence))

  it('is said in the words of the host, with sentences in it and numbers as its language writes them', () => {
    expect(said('Column "Total": A formula has at most 20,000 characters.')).toBe(
      'Spalte „Total“: Eine Formel hat höchstens 20.000 Zeichen.',
    )
    expect(said('A column of type Number cannot be unique.')).toBe('Eine Spalte der Art Zahl ist nicht eindeutig.')
  })

  it('is worded where a text tells the reason, and where several sentences follow each other', () => {
    const translate = translator(texts, 'de-DE', wordSentence(texts, readSentence))
    expect(translate('write.failed', { reason: 'A formula has at most 8 characters.' })).toBe(
      'Nicht gespeichert: Eine Formel hat höchstens 8 Zeichen.',
    )
    expect(said('Acme says no. A formula has at most 8 characters.')).toBe(
      'Acme says no. Eine Formel hat höchstens 8 Zeichen.',
    )
  })

  it('stays as it is where the host has no words for it', () => {
    expect(said('There is nothing to undo.')).toBe('There is nothing to undo.')
    expect(said('Acme says no.')).toBe('Acme says no.')
    expect(translator(texts, 'de-DE').said('There is nothing to undo.')).toBe('There is nothing to undo.')
  })
})
