/** Up to three of `names` that a mistyped `name` may have meant, best first. Case and spaces do not count. */
export function nearestNames(name: string, names: readonly string[]): readonly string[] {
  const wanted = folded(name)
  const bound = Math.max(1, Math.floor(wanted.length / 3))
  return names
    .map((candidate) => ({ candidate, distance: distance(wanted, folded(candidate)) }))
    .filter((entry) => entry.distance <= bound)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map((entry) => entry.candidate)
}

function folded(name: string): string {
  return name
    .slice(0, 60)
    .toLowerCase()
    .replace(/[\s_-]+/g, '')
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const replace = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      current.push(Math.min(replace, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[b.length] ?? 0
}
