import { expect, test } from 'vitest'
import { parseWith } from '../testing/parse-with.ts'
import { tagsType } from './tags.ts'

const settings = {
  options: [
    { id: 'b', name: 'Beta' },
    { id: 'a', name: 'Alpha' },
    { id: 'q', name: 'say "hi", bob' },
  ],
}

test('keeps the order of the options, each once', () => {
  expect(parseWith(tagsType, 'alpha | BETA; a', settings)).toEqual(['b', 'a'])
  expect(parseWith(tagsType, ['a', 'Beta', null], settings)).toEqual(['b', 'a'])
})

test('writes names with commas and quotes so that they are read back', () => {
  const parsed = tagsType.settings.parse(settings)
  expect(tagsType.toCsv(['a', 'q'], parsed)).toBe('Alpha, "say ""hi"", bob"')
  expect(parseWith(tagsType, 'Alpha, "say ""hi"", bob"', settings)).toEqual(['a', 'q'])
})

test('refuses lists of anything but options', () => {
  expect(parseWith(tagsType, ['a', {}], settings)).toBeInstanceOf(Error)
  expect(parseWith(tagsType, ['a', ['b']], settings)).toBeInstanceOf(Error)
  expect(parseWith(tagsType, [], settings)).toBeNull()
})
