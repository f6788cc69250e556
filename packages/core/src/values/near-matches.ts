import { editDistance } from '../errors/edit-distance.ts'

/** Up to three candidates that resemble the text: one contains the other, or at most two letters differ. */
export function nearMatches(text: string, candidates: Iterable<string>): readonly string[] {
  const wanted = text.toLowerCase().slice(0, 100)
  const found: { readonly candidate: string; readonly distance: number }[] = []
  for (const candidate of candidates) {
    const other = candidate.toLowerCase()
    const contained = wanted.length > 1 && (other.includes(wanted) || (other.length > 1 && wanted.includes(other)))
    const distance = contained ? 1 : editDistance(wanted, other, wanted.length < 5 ? 1 : 2)
    if (distance !== Number.POSITIVE_INFINITY) found.push({ candidate, distance })
  }
  return found
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate)
}
