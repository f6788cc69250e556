import { describe, expect, it } from 'vitest'
import { hasNames, missingColumns } from './paste-columns.ts'

describe('columns of the clipboard', () => {
  it('are missing where they lie beyond the last one of the grid, unless they are empty', () => {
    expect(missingColumns([['a', 'b', 'c'], ['d']], 0, 3)).toBe(0)
    expect(missingColumns([['a'], ['b', 'c', 'd']], 1, 2)).toBe(2)
    expect(missingColumns([['a', 'b', '', ' ']], 0, 1)).toBe(1)
    expect(missingColumns([['', '']], 0, 1)).toBe(0)
  })

  it.each([
    [
      [
        ['Name', 'Score'],
        ['Ada', '7'],
      ],
      true,
    ],
    [
      [
        ['Name', 'City'],
        ['Ada', 'London'],
      ],
      true,
    ],
    [
      [
        ['Ada', '7'],
        ['Don', '8'],
      ],
      false,
    ],
    [
      [
        ['Ada', 'a@acme.com'],
        ['Don', 'd@acme.com'],
      ],
      false,
    ],
    [
      [
        ['Name', ''],
        ['Ada', '7'],
      ],
      false,
    ],
    [
      [
        ['Name', 'Name'],
        ['Ada', '7'],
      ],
      false,
    ],
    [
      [
        ['Open', 'Ada'],
        ['Open', 'Don'],
      ],
      false,
    ],
    [[['Name', 'Score']], false],
  ])('have names in the first line of %j: %s', (texts, expected) => {
    expect(hasNames(texts)).toBe(expected)
  })
})
