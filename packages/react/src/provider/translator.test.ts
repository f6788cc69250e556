import { describe, expect, it } from 'vitest'
import { englishTexts } from './texts.ts'
import { translator } from './translator.ts'

describe('translator', () => {
  it('fills placeholders in and writes numbers the way of the locale', () => {
    expect(translator({}, 'en-US')('grid.rows', { count: 12480 })).toBe('12,480 rows')
    expect(translator({ 'grid.rows': '{count} Zeilen' }, 'de-DE')('grid.rows', { count: 12480 })).toBe('12.480 Zeilen')
  })

  it('counts as the language does', () => {
    const english = translator(englishTexts, 'en-US')
    expect([0, 1, 2].map((count) => english('import.start', { count }))).toEqual([
      'Import 0 rows',
      'Import 1 row',
      'Import 2 rows',
    ])
    const polish = translator({ 'import.rows': '{done} wierszy', 'import.start-few': 'Importuj {count} wiersze' }, 'pl')
    expect(polish('import.start', { count: 3 })).toBe('Importuj 3 wiersze')
  })

  it('leaves a placeholder that has no value, and values that look like placeholders', () => {
    expect(translator({}, 'en-US')('grid.rows')).toBe('{count} rows')
    expect(translator({}, 'en-US')('undo.edit', { name: '{count}' })).toBe('edit of {count}')
  })
})
