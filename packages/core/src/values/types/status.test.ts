import { expect, test } from 'vitest'
import { withNewOptions } from '../new-options.ts'
import { statusType } from './status.ts'

test('gives every option a meaning', () => {
  const settings = statusType.settings.parse({
    options: [
      { id: 'a', name: 'A' },
      { id: 'b', name: 'B', group: 'lost' },
    ],
  })
  expect(settings.options.map((option) => option.group)).toEqual(['open', 'lost'])
  expect(statusType.settings.safeParse({ options: [{ id: 'a', name: 'A', group: 'maybe' }] }).success).toBe(false)
})

test('new options are given a meaning', () => {
  const settings = withNewOptions(statusType.settings.parse({}), ['Parked'], { group: 'lost' })
  expect(settings.options.at(-1)).toEqual({ id: 'parked', name: 'Parked', color: 'red', group: 'lost' })
  // @ts-expect-error a status needs the group
  withNewOptions(statusType.settings.parse({}), ['Parked'])
})

test('sorts by the order of the options, removed ones last', () => {
  const settings = statusType.settings.parse({
    options: [
      { id: 'z', name: 'Z' },
      { id: 'a', name: 'A' },
    ],
  })
  expect(['gone', 'a', 'z'].sort((x, y) => statusType.compare(x, y, settings))).toEqual(['z', 'a', 'gone'])
})
