import { describe, expect, test } from 'vitest'
import { withNewOptions } from '../new-options.ts'
import { testContext } from '../testing/test-context.ts'
import { dropdownType } from './dropdown.ts'

const accepts = (options: readonly object[]) => dropdownType.settings.safeParse({ options }).success

describe('options', () => {
  test('have unique ids and names, and no name is the id of another', () => {
    expect(accepts([{ id: 'a', name: 'A' }])).toBe(true)
    expect(
      accepts([
        { id: 'a', name: 'X' },
        { id: 'a', name: 'Y' },
      ]),
    ).toBe(false)
    expect(
      accepts([
        { id: 'a', name: 'X' },
        { id: 'b', name: ' x ' },
      ]),
    ).toBe(false)
    expect(
      accepts([
        { id: 'a', name: 'X' },
        { id: 'b', name: 'A' },
      ]),
    ).toBe(false)
    expect(accepts([{ id: 'A', name: 'X' }])).toBe(false)
    expect(accepts([{ id: 'a', name: ' ' }])).toBe(false)
    expect(accepts(Array.from({ length: 1_001 }, (_, i) => ({ id: `o${i}`, name: `Option ${i}` })))).toBe(false)
  })

  test('are added by name, with fresh ids and without doubles', () => {
    const settings = dropdownType.settings.parse({ options: [{ id: 'in_review', name: 'Checked' }] })
    const more = withNewOptions(settings, [
      'In review',
      'CHECKED',
      ' Größe ',
      '日本',
      '',
      'x'.repeat(101),
      'in  REVIEW',
    ])
    expect(more.options.map(({ id, name }) => [id, name])).toEqual([
      ['in_review', 'Checked'],
      ['in_review_2', 'In review'],
      ['gro_e', 'Größe'],
      ['option', '日本'],
    ])
    expect(dropdownType.settings.parse(more)).toEqual(more)
    expect(settings.options).toHaveLength(1)
  })

  test('that are gone show their id and are no operand', () => {
    const settings = dropdownType.settings.parse({})
    expect(dropdownType.format('gone', settings, testContext)).toBe('gone')
    const operand = dropdownType.operators[0]?.operand(settings, testContext)
    expect(operand?.safeParse('gone').success).toBe(false)
  })
})
