import { formOf } from '@opslayer/core/plugin'
import { builtInColumnTypes } from '@opslayer/core/values'
import { describe, expect, it } from 'vitest'
import { translator } from './translator.ts'
import { valueTexts } from './value-texts.ts'
import { valueWords } from './value-words.ts'

describe('the words of column types', () => {
  it('are all in the dictionary, so that a host can give each in its language', () => {
    const said = Object.values(builtInColumnTypes).flatMap(({ label, description, operators, settings }) => [
      label,
      description,
      ...operators.map((operator) => operator.label),
      ...formOf(settings as Parameters<typeof formOf>[0])
        .fields.filter(({ key }) => key !== 'options')
        .map((field) => field.label),
    ])
    const known: readonly string[] = Object.values(valueTexts)
    expect(said.filter((text) => !known.includes(text))).toEqual([])
  })

  it('are those of the host, and those of a plugin’s own type stay', () => {
    const translate = translator({ ...valueTexts, 'operator.is-any-of': 'ist eines von' }, 'de-DE')
    expect(valueWords('is any of', translate)).toBe('ist eines von')
    expect(valueWords('is contains', translate)).toBe('is contains')
    expect(valueWords('is', translate)).toBe('is')
  })
})
