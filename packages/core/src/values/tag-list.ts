/** Splits text at commas, semicolons, bars and line breaks; a part in double quotes may hold them. Empty parts fall out. */
export function splitList(text: string): readonly string[] {
  const parts: string[] = []
  for (const [part] of text.matchAll(/\s*"(?:[^"]|"")*"\s*(?=[,;|\n\r]|$)|[^,;|\n\r]+/g)) {
    const trimmed = part.trim()
    const quoted = /^"((?:[^"]|"")*)"$/s.exec(trimmed)
    const item = quoted ? (quoted[1] ?? '').replaceAll('""', '"') : trimmed
    if (item.trim() !== '') parts.push(item)
  }
  return parts
}

/** Joins so that {@link splitList} gives the parts again. */
export function joinList(parts: readonly string[]): string {
  return parts.map((part) => (/[,;|"\n\r]/.test(part) ? `"${part.replaceAll('"', '""')}"` : part)).join(', ')
}
