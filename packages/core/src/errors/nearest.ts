/** Edits (insert, delete, replace, swap two neighbours) between two short texts. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swapped = isSwap ? (beforeLast[j - 2] ?? 0) + 1 : replaced
      row.push(Math.min(replaced, swapped, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    beforeLast = last
    last = row
  }
  return last[b.length] ?? 0
}

/**
 * The end of an error message about an unknown name: ` Did you mean "score"?`, or what there is, at most ten names.
 * Empty if there is nothing to name.
 */
export function nearest(wrong: string, names: readonly string[]): string {
  if (names.length === 0) return ''
  const asked = wrong.slice(0, 60).toLowerCase()
  const ranked = names
    .slice(0, 500)
    .map((name) => ({ name, edits: distance(asked, name.slice(0, 60).toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits)
  const best = ranked[0]
  if (best !== undefined && best.edits <= Math.max(1, Math.floor(asked.length / 3)))
    return ` Did you mean "${best.name}"?`
  const shown = names.slice(0, 10).map((name) => `"${name}"`)
  return ` There is ${shown.join(', ')}${names.length > 10 ? ` and ${names.length - 10} more` : ''}.`
}
