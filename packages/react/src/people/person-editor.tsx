import type { Option } from '@opslayer/core/values'
import { toneOf } from '../cells/tones.ts'
import type { CellEditorProps } from '../editors/cell-editor.ts'
import { matchingOptions, OptionList } from '../editors/option-editor.tsx'
import { type People, personText } from './people.ts'
import { usePeople } from './people-context.ts'

/** Chooses somebody whom the host knows, or takes the name that is typed. */
export function PersonEditor(props: CellEditorProps) {
  const people = usePeople()
  const { value } = props
  const chosen = typeof value === 'string' ? [textOf(people, value)] : []
  return <OptionList {...props} chosen={chosen} isMany={false} optionsFor={(query) => peopleOptions(people, query)} />
}

/** A cell may name somebody otherwise than the list does. */
function textOf(people: People, value: string): string {
  const person = people.find(value)
  return person === undefined ? value : personText(person)
}

function peopleOptions(people: People, query: string): readonly Option[] {
  const known = people.all.map((person) => ({
    id: personText(person),
    name: person.name,
    color: toneOf(person.name),
  }))
  const found = matchingOptions(known, query)
  const typed = query.trim()
  const isOther = typed !== '' && !found.some(({ id, name }) => id === typed || name === typed)
  return isOther ? [...found, { id: typed, name: typed, color: 'gray' }] : found
}
