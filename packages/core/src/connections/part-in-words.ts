import { say } from '../sentences/say.ts'

/** A part of a plugin, for people. */
export const partInWords = {
  action: (id: string): string => say('action "{id}"', { id }),
  column: (id: string): string => say('column "{id}"', { id }),
  source: (id: string): string => say('source "{id}"', { id }),
  webhook: (id: string): string => say('webhook "{id}"', { id }),
} as const

/** Where a plugin was called, for people: `Plugin "acme", column "score"`. */
export function whereCalled(plugin: string, part: string): string {
  return say('Plugin "{plugin}", {~part}', { plugin, part })
}
