import * as z from 'zod'
import type { Json } from '../../values/json.ts'

/** Sources that are named of an index; the weightiest. */
export const maxReasons = 5

/** A source of a want as the catalog keeps it. */
const reasonSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('view'), name: z.string() }),
  z.object({ kind: z.literal('reads'), calls: z.number(), meanMs: z.number(), maxMs: z.number() }),
])

/** A source of a want as a sentence. */
export function reasonText(reason: Json): string {
  const known = reasonSchema.safeParse(reason)
  if (!known.success) return 'Made by another version of opslayer.'
  if (known.data.kind === 'view') return `The view “${known.data.name}”.`
  const { calls, meanMs, maxMs } = known.data
  return `${calls} reads, ${meanMs.toFixed(1)} ms on average, ${maxMs.toFixed(1)} ms at most.`
}
