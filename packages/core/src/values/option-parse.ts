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
  if (settings.options.length === 0) return `${quote(text)} is not an option; the column has none yet`
  const near = nearMatches(
    text,
    settings.options.map((option) => option.name),
  )
  const hint = near.length === 0 ? '' : `; did you mean ${near.map(quote).join(' or ')}?`
  return `${quote(text)} is not one of the column's options${hint}`
}
