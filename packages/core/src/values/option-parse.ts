import { say } from '../sentences/say.ts'
import type { Parsed } from './column-type.ts'
import { shortInputText } from './input-text.ts'
import { nearMatches } from './near-matches.ts'
import { nameKey, type OptionSettings, optionIndex } from './options.ts'
import { accept, quote, refuse } from './parsed.ts'

/** Reads one option by id or by name without regard to case. */
export function parseOption(input: unknown, settings: OptionSettings): Parsed<string> {
  // An id is its own name key, and goes before names.
  if (typeof input === 'string' && optionIndex(settings.options).places.has(input)) return accept(input)
  const text = shortInputText(input)
  if (!text.ok || text.value === null) return text
  const option = optionIndex(settings.options).byKey.get(nameKey(text.value))
  return option ? accept(option.id) : refuse(unknownOption(text.value, settings))
}

function unknownOption(text: string, settings: OptionSettings): string {
  if (settings.options.length === 0)
    return say('{value} is not an option; the column has none yet', { value: quote(text) })
  const near = nearMatches(
    text,
    settings.options.map((option) => option.name),
  )
  const value = quote(text)
  if (near.length === 0) return say("{value} is not one of the column's options", { value })
  const names = near.map(quote).join(' / ')
  return say("{value} is not one of the column's options; did you mean {names}?", { value, names })
}
