import { editDistance } from './edit-distance.ts'

/** The name that was most likely meant by one that nothing has; null if none is near. */
export function nearestName(wrong: string, names: readonly string[]): string | null {
  const asked = wrong.slice(0, 60).toLowerCase()
  const ranked = names
    .slice(0, 500)
    .map((name) => ({ name, edits: editDistance(asked, name.slice(0, 60).toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits)
  const best = ranked[0]
  return best !== undefined && best.edits <= Math.max(1, Math.floor(asked.length / 3)) ? best.name : null
}

/**
 * The end of an error message about an unknown name: ` Did you mean "score"?`, or what there is, at most ten names.
 * Empty if there is nothing to name.
 */
export function nearest(wrong: string, names: readonly string[]): string {
  if (names.length === 0) return ''
  const best = nearestName(wrong, names)
  if (best !== null) return ` Did you mean "${best}"?`
  const shown = names.slice(0, 10).map((name) => `"${name}"`)
  return ` There is ${shown.join(', ')}${names.length > 10 ? ` and ${names.length - 10} more` : ''}.`
}
