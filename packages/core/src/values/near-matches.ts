/** Up to three candidates that resemble the text: one contains the other, or at most two letters differ. */
export function nearMatches(text: string, candidates: Iterable<string>): readonly string[] {
  const wanted = text.toLowerCase().slice(0, 100)
  const found: { readonly candidate: string; readonly distance: number }[] = []
  for (const candidate of candidates) {
    const other = candidate.toLowerCase()
    const contained = wanted.length > 1 && (other.includes(wanted) || (other.length > 1 && wanted.includes(other)))
    const distance = contained ? 1 : editDistance(wanted, other, wanted.length < 5 ? 1 : 2)
    if (distance !== null) found.push({ candidate, distance })
  }
  return found
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate)
}

/** How many letters to add, drop or replace, or `null` if more than `limit`. */
function editDistance(a: string, b: string, limit: number): number | null {
  if (Math.abs(a.length - b.length) > limit) return null
  let above = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const line = [row]
    for (let column = 1; column <= b.length; column++) {
      const replaced = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      line.push(Math.min(replaced, (above[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1))
    }
    if (Math.min(...line) > limit) return null
    above = line
  }
  const distance = above[b.length] ?? 0
  return distance <= limit ? distance : null
}
