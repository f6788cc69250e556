import { describe, expect, it } from 'vitest'
import { fieldFaults } from './field-faults.ts'

const fault = (issues: { path: (string | number)[]; message: string }[]) =>
  ({ code: 'INVALID_INPUT', message: 'Two faults.', retryable: false, path: [], issues, requestId: null }) as const

describe('fieldFaults', () => {
  const faults = fieldFaults(
    fault([
      { path: ['column', 'settings', 'options', 1, 'name'], message: '“Won” is taken' },
      { path: ['column', 'place'], message: 'There is no such place.' },
    ]),
    ['column'],
  )

  it('gives each field what lies at its path or below', () => {
    expect(faults.at('settings', 'options', 1, 'name')).toBe('“Won” is taken')
    expect(faults.at('settings')).toBe('“Won” is taken')
    expect(faults.at('settings', 'options', 0)).toBeUndefined()
    expect(faults.at('name')).toBeUndefined()
  })

  it('keeps what no field shows', () => {
    expect(faults.beside(['settings'])).toBe('There is no such place.')
    expect(faults.beside(['settings'], ['place'])).toBeNull()
    expect(fieldFaults({ ...fault([]), message: 'The table was deleted.' }).beside(['name'])).toBe(
      'The table was deleted.',
    )
  })
})
