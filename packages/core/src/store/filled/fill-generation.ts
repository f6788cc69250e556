import { createHash } from 'node:crypto'
import type { FillDefinition } from '../../catalog/fill-definition.ts'
import { lastFillGeneration } from '../../query/fill-mark.ts'

type Core = Pick<FillDefinition, 'plugin' | 'part' | 'settings' | 'inputs'>

/**
 * The number by which marks know a definition: the same for the same plugin, part, settings and inputs, so that cells
 * are no longer stale once a change is taken back.
 */
export function generationOf(core: Core): number {
  const digest = createHash('sha256').update(coreText(core)).digest()
  return (digest.readUInt32BE(0) % lastFillGeneration) + 1
}

/** The generation of a definition that follows another one. */
export function generationAfter(before: FillDefinition | null, after: FillDefinition): number {
  if (before === null) return after.generation
  if (coreText(before) === coreText(after)) return before.generation
  return before.generation === after.generation ? (after.generation % lastFillGeneration) + 1 : after.generation
}

function coreText({ plugin, part, settings, inputs }: Core): string {
  return JSON.stringify([plugin, part, sorted(settings), sorted(inputs)])
}

/** Members in one order, so that equal things have equal texts. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  )
}
