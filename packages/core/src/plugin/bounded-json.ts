/** How deep what a plugin gives may be nested. */
const mostDepth = 100

/**
 * The JSON text of what a plugin gave, if it is JSON and its text no longer than that. Stops as soon as it is known to be too
 * long: what is a hundred megabytes is not written down to be counted.
 *
 * @returns undefined for what is too long or too deep, goes round in circles, or is no JSON
 */
export function boundedJson(value: unknown, mostCharacters: number): string | undefined {
  try {
    if (lengthOf(value, mostCharacters, mostDepth) > mostCharacters) return undefined
    const text = JSON.stringify(value)
    return text === undefined || text.length > mostCharacters ? undefined : text
  } catch {
    return undefined // A `toJSON` or a getter of the plugin's threw.
  }
}

/** At least so many characters of JSON; counting ends beyond `most`. */
function lengthOf(value: unknown, most: number, depth: number): number {
  if (typeof value === 'string') return value.length + 2
  if (typeof value !== 'object' || value === null) return 1
  if (depth === 0) return most + 1
  let length = 2
  if (Array.isArray(value)) {
    if (value.length > most) return most + 1
    for (const item of value) {
      length += lengthOf(item, most - length, depth - 1) + 1
      if (length > most) break
    }
    return length
  }
  for (const key in value) {
    if (!Object.hasOwn(value, key)) continue
    length += key.length + 4 + lengthOf((value as Record<string, unknown>)[key], most - length, depth - 1)
    if (length > most) break
  }
  return length
}
