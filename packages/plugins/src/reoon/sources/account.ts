import * as z from 'zod'
import { part, readBalance } from '../api.ts'

const record = z.looseObject({
  remaining_daily_credits: z.number(),
  remaining_instant_credits: z.number(),
  read_at: z.string(),
})

/** How many credits the account has: one row, read anew with each sync. */
export const account = part.source({
  id: 'account',
  name: 'Account credits',
  description: 'The credits that the Reoon account has left.',
  record,
  key: () => 'account',
  columns: {
    daily_credits: { name: 'Daily credits', type: 'number', from: (each) => each.remaining_daily_credits },
    bought_credits: { name: 'Bought credits', type: 'number', from: (each) => each.remaining_instant_credits },
    read_at: { name: 'Read at', type: 'datetime', from: (each) => each.read_at },
  },
  readPage: async (ctx) => {
    const balance = await readBalance(ctx)
    return { records: [{ ...balance, read_at: ctx.now().toISOString() }] }
  },
})
