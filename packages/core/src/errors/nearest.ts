import { say } from '../sentences/say.ts'
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
  if (best !== null) return say(' Did you mean "{name}"?', { name: best })
  const count = names.length - 10
  const shown = names
    .slice(0, 10)
    .map((name) => `"${name}"`)
    .join(', ')
  return count > 0
    ? say(' There is {names} and {#count} more.', { names: shown, count })
    : say(' There is {names}.', { names: shown })
}
