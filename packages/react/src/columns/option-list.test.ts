import { builtInColumnTypes } from '@opslayer/core/values'
import { describe, expect, it } from 'vitest'
import { addOption, changeOption, moveOption, type OptionDraft, sortOptions } from './option-list.ts'

const many = (...names: readonly string[]) =>
  names.reduce<readonly OptionDraft[]>((options, name) => addOption(options, name, false), [])

describe('options of a column', () => {
  it('get ids that the type takes, each another, and colours of their own', () => {
    const options = many('Kaltakquise & Messe', 'kaltakquise messe', '日本', 'x'.repeat(90))
    expect(options.map(({ id }) => id)).toEqual(['kaltakquise_messe', 'kaltakquise_messe_2', 'option', 'x'.repeat(34)])
    expect(new Set(options.map(({ color }) => color)).size).toBe(4)
    expect(builtInColumnTypes.dropdown.settings.safeParse({ options: options.slice(1) }).success).toBe(true)
  })

  it('move, within the ends, and sort by name', () => {
    const options = many('b', 'a', 'c 10', 'c 9')
    const names = (all: readonly OptionDraft[]) => all.map(({ name }) => name).join(' | ')
    expect(names(moveOption(options, 0, 99))).toBe('a | c 10 | c 9 | b')
    expect(moveOption(options, 2, 2)).toBe(options)
    expect(names(sortOptions(options, 'en-US'))).toBe('a | b | c 9 | c 10')
  })

  it('keep their id when they are renamed', () => {
    const [option] = changeOption(many('New'), 0, { name: 'Fresh' })
    expect(option).toMatchObject({ id: 'new', name: 'Fresh' })
  })
})
