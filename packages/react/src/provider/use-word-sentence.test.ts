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

  it('names inputs of plugins as the host does, where they are empty and where they do not fit', () => {
    const german = { ...texts, 'said.cell.input-empty': '{input} ist leer.' } as const
    const labels = new Map([['E-mail address', 'E-Mail-Adresse']])
    const { said: inGerman } = translator(german, 'de-DE', wordSentence(german, readSentence, labels))
    expect(inGerman('E-mail address is empty.')).toBe('E-Mail-Adresse ist leer.')
    expect(inGerman('Domain is empty.')).toBe('Domain ist leer.')
    expect(inGerman('E-mail address: Invalid email address')).toBe('E-Mail-Adresse: Invalid email address')
  })

  it('says where it was in the words of the host too', () => {
    const german = {
      ...texts,
      'said.plugin.part': 'Plugin „{plugin}“, {part}',
      'said.plugin.column': 'Spalte „{id}“',
      'said.vendor.took-too-long': '{where} dauerte länger, als es darf.',
    } as const
    const { said: inGerman } = translator(german, 'de-DE', wordSentence(german, readSentence))
    expect(inGerman('Plugin "acme", column "score" took longer than it may.')).toBe(
      'Plugin „acme“, Spalte „score“ dauerte länger, als es darf.',
    )
    expect(inGerman('The export took longer than it may.')).toBe('The export dauerte länger, als es darf.')
  })

  it('stays as it is where the host has no words for it', () => {
    expect(said('There is nothing to undo.')).toBe('There is nothing to undo.')
    expect(said('Acme says no.')).toBe('Acme says no.')
    expect(translator(texts, 'de-DE').said('There is nothing to undo.')).toBe('There is nothing to undo.')
  })
})
