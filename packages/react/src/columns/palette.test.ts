import { builtInColumnTypes } from '@opslayer/core/values'
import { describe, expect, it } from 'vitest'
import type { OpsPlugin } from '../data/client/plugins-calls.ts'
import { paletteItems, searchPalette } from './palette.ts'

const reoon: OpsPlugin = {
  id: 'reoon',
  version: '1.0.0',
  name: 'Reoon',
  methods: [],
  sources: [],
  actions: [],
  columnTypes: [
    {
      id: 'verification',
      name: 'Verify e-mail',
      description: 'Tells whether it can be written to.',
      category: 'verify',
      provider: 'Reoon',
      settings: { fields: [] },
      inputs: { fields: [] },
      value: { type: 'dropdown', settings: {} },
    },
  ],
}

const items = paletteItems({
  formulaLabel: 'Formula',
  formulaDescription: 'Computed from other columns.',
  words: (english) => english,
  types: builtInColumnTypes,
  entries: [
    { id: 'ask', group: 'AI', label: 'Ask a model', dialog: 'ask' },
    { id: 'own', group: 'Our things', label: 'Contract', dialog: 'contract' },
  ],
  plugins: [reoon],
})
const labels = (search: string) =>
  searchPalette(items, search).map(
    ({ group, items: found }) => `${group}: ${found.map(({ label }) => label).join(', ')}`,
  )

describe('the palette', () => {
  it('has headings in their order, those of hosts last, and none that is empty', () => {
    expect(searchPalette(items, '').map(({ group }) => group)).toEqual([
      'basic',
      'formula',
      'ai',
      'verify',
      'Our things',
    ])
  })

  it('finds by label and description, beginnings first', () => {
    expect(labels('date')[0]).toMatch(/^basic: Date, Date and time/)
    expect(labels('closing date')).toEqual(['basic: Date'])
    expect(labels('formula')[0]).toBe('formula: Formula')
    expect(labels('computed other')).toEqual(['formula: Formula'])
    expect(labels('reoon')).toEqual(['verify: Verify e-mail'])
    expect(labels('nothing like it')).toEqual([])
  })
})
