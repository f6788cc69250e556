import { foldCase } from '../values/text-operators.ts'

/** An option of a select column: cells store the id, people read the name. */
export interface ColumnOption {
  readonly id: string
  readonly name: string
}

/** The options in a column's settings (`{ options: [{ id, name }] }`), in their order; none if it has no such list. */
export function optionsOf(settings: unknown): readonly ColumnOption[] {
  if (typeof settings !== 'object' || settings === null || !('options' in settings)) return []
  const { options } = settings
  return Array.isArray(options) ? options.filter(isOption) : []
}

/** The ids of the options whose name contains a text, case folded. */
export function optionsNamed(settings: unknown, text: string): readonly string[] {
  const folded = foldCase(text)
  return optionsOf(settings)
    .filter((option) => foldCase(option.name).includes(folded))
    .map((option) => option.id)
}

function isOption(option: unknown): option is ColumnOption {
  return (
    typeof option === 'object' &&
    option !== null &&
    'id' in option &&
    'name' in option &&
    typeof option.id === 'string' &&
    typeof option.name === 'string'
  )
}
