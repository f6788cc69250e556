import type { AnyColumnType } from '@opslayer/core/values'
import { columnIcons } from '../cells/column-icons.ts'
import type { Choice } from '../ui/choice.ts'

/** Column types to choose from. @param words what they say of themselves, in the user's language */
export function typeChoices(types: readonly AnyColumnType[], words: (english: string) => string): readonly Choice[] {
  return types.map(({ id, label }) => {
    const icon = columnIcons[id]
    return { value: id, label: words(label), ...(icon !== undefined && { icon }) }
  })
}
