import type { Command } from '../data/registries.ts'

/** Commands shown at once. */
const mostShown = 100

/** The commands that a search finds: each of its words begins a word of the command, names before other words. */
export function matchCommands(commands: readonly Command[], search: string, locale: string): readonly Command[] {
  const wanted = wordsOf(search, locale)
  if (wanted.length === 0) return commands.slice(0, mostShown)
  const ranked = commands.flatMap((command) => {
    const named = wordsOf(command.label, locale)
    const all = [
      ...named,
      ...wordsOf(command.group ?? '', locale),
      ...(command.words ?? []).flatMap((w) => wordsOf(w, locale)),
    ]
    if (!wanted.every((part) => all.some((word) => word.startsWith(part)))) return []
    const isByName = wanted.every((part) => named.some((word) => word.startsWith(part)))
    return [{ command, rank: isByName ? 0 : 1 }]
  })
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, mostShown)
    .map(({ command }) => command)
}

function wordsOf(text: string, locale: string): readonly string[] {
  return text
    .toLocaleLowerCase(locale)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}
