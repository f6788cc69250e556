import * as z from 'zod'

/** What a column of a test's plugin says of itself that spells a word in capitals. */
export const capitals = {
  id: 'upper',
  name: 'Capitals',
  description: 'Spells a word in capitals.',
  inputs: z.object({ word: z.string() }),
  value: 'text',
} as const
