import { builtInRegistry, describeFunctions } from '@opslayer/core/formula'
import { describe, expect, it } from 'vitest'
import { completionsAt, insertCompletion, stepCompletion } from './completions.ts'

const columns = [
  { key: 'score', name: 'Score' },
  { key: 'deal_name', name: 'Deal name' },
]
const sources = { columns, functions: describeFunctions(builtInRegistry) }
const offered = (source: string, caret = source.length, isAsked = false) =>
  completionsAt(source, caret, sources, isAsked)

describe('completionsAt', () => {
  it('offers columns behind @ and functions elsewhere, nothing in texts', () => {
    expect(offered('1 + @sc')?.items.map(({ insert }) => insert)).toEqual(['@score'])
    expect(offered('LE')?.items[0]?.kind).toBe('function')
    expect(offered('"LE')).toBeNull()
    expect(offered('1 + ')).toBeNull()
  })

  it('is quiet about a word that is whole, and offers all columns when it is asked', () => {
    expect(offered('@score')).toBeNull()
    expect(offered('1 + ', 4, true)?.items.map(({ insert }) => insert)).toEqual(['@score', '@deal_name'])
  })

  it('goes round at both ends', () => {
    const list = offered('@')
    expect(list?.items).toHaveLength(2)
    if (list === null) throw new Error('Nothing is offered.')
    expect(stepCompletion(list, -1).active).toBe(1)
    expect(stepCompletion(stepCompletion(list, 1), 1).active).toBe(0)
  })
})

describe('insertCompletion', () => {
  it('takes the place of the begun word and keeps what follows', () => {
    const list = offered('1 + @sc * 2', 7)
    const [item] = list?.items ?? []
    if (list === null || item === undefined) throw new Error('Nothing is offered.')
    expect(insertCompletion('1 + @sc * 2', 7, list, item)).toEqual({ source: '1 + @score * 2', caret: 10 })
  })

  it('puts no second bracket', () => {
    const list = offered('UPPE(@a)', 4)
    const [item] = list?.items ?? []
    if (list === null || item === undefined) throw new Error('Nothing is offered.')
    expect(insertCompletion('UPPE(@a)', 4, list, item)).toEqual({ source: 'UPPER(@a)', caret: 6 })
  })
})
