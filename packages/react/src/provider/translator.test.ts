import { describe, expect, it } from 'vitest'
import { translator } from './translator.ts'

describe('translator', () => {
  it('fills placeholders in and writes numbers the way of the locale', () => {
    expect(translator({}, 'en-US')('grid.rows', { count: 12480 })).toBe('12,480 rows')
    expect(translator({ 'grid.rows': '{count} Zeilen' }, 'de-DE')('grid.rows', { count: 12480 })).toBe('12.480 Zeilen')
  })

  it('leaves a placeholder that has no value, and values that look like placeholders', () => {
    expect(translator({}, 'en-US')('grid.rows')).toBe('{count} rows')
    expect(translator({}, 'en-US')('undo.edit', { name: '{count}' })).toBe('edit of {count}')
  })
})
