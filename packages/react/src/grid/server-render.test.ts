import { builtInColumnTypes } from '@opslayer/core/values'
import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { memoryRows } from '../grid-state/memory-rows.ts'
import { GridProvider } from '../provider/grid-provider.tsx'
import { GridView } from './grid-view.tsx'

describe('GridView on a server', () => {
  it('renders the grid without its rows, which need the size of the screen', () => {
    const columns = [
      { id: 'a', key: 'a', name: 'Name', type: builtInColumnTypes.text, settings: {}, pinned: 'start' as const },
    ]
    const source = memoryRows([{ id: '1', version: 1, cells: { a: 'Ada' } }])
    const grid = createElement(GridView, { label: 'People', source, columns })
    const html = renderToString(createElement(GridProvider, { locale: 'de-DE' }, grid))
    expect(html).toContain('role="grid"')
    expect(html).toContain('aria-rowcount="2"')
    expect(html).toContain('Name')
  })
})
