import type { CellKind } from '../cell-kind.ts'
import { optionOf } from '../tones.ts'

/** What a pill takes beside its name, in px. */
const pillPx = 20
/** More are not shown: no cell is wide enough for them. */
const maxShown = 24

/** Any number of options as pills side by side. */
export const tagsKind: CellKind = {
  id: 'tags',
  extraPx: (value) => (Array.isArray(value) ? pillPx * value.length : 0),
  create: () => {
    const node = document.createElement('span')
    node.className = 'ops-tags'
    const pills: HTMLElement[] = []
    return {
      node,
      write: ({ value, column }) => {
        const ids = Array.isArray(value) ? value.slice(0, maxShown) : []
        ids.forEach((id, i) => {
          const option = optionOf(column.settings, String(id))
          let pill = pills[i]
          if (pill === undefined) {
            pill = document.createElement('span')
            pills.push(pill)
            node.append(pill)
          }
          pill.textContent = option.name
          pill.className = `ops-pill ops-tone-${option.color}`
          pill.hidden = false
        })
        for (const pill of pills.slice(ids.length)) {
          pill.hidden = true
          pill.textContent = ''
        }
      },
    }
  },
}
