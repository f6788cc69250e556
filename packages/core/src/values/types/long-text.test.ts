import { expect, test } from 'vitest'
import { parseWith } from '../testing/parse-with.ts'
import { longTextType } from './long-text.ts'

test('keeps tabs, indents and empty lines, and one kind of line break', () => {
  expect(parseWith(longTextType, '\ta\r\n\r\n  b\rc\n')).toBe('\ta\n\n  b\nc\n')
})
