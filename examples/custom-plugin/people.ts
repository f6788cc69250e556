import * as z from 'zod'
import { call, part } from './api.ts'

const pageSchema = z.looseObject({ people: z.array(z.unknown()), next: z.string().optional() })
const listsSchema = z.object({ lists: z.array(z.looseObject({ id: z.string(), name: z.string() })) })

export const people = part.source({
  id: 'people',
  name: 'People',
  description: 'Everybody on a list of Signpost’s.',
  settings: z.object({ list: z.string().meta({ title: 'List' }) }),
  options: {
    list: async (ctx) => {
      const { lists = [] } = (await call(ctx, '/lists', listsSchema)) ?? {}
      return lists.map(({ id, name }) => ({ value: id, label: name }))
    },
  },
  record: z.looseObject({ id: z.string(), email: z.string(), joined: z.string() }),
  key: (person) => person.id,
  columns: {
    email: { name: 'Email', type: 'email', from: (person) => person.email },
    joined: { name: 'Joined', type: 'datetime', from: (person) => person.joined },
  },
  readPage: async (ctx, { settings, cursor }) => {
    const query = new URLSearchParams({ list: settings.list, ...(cursor === undefined ? {} : { after: cursor }) })
    const page = await call(ctx, `/people?${query}`, pageSchema)
    return { records: page?.people ?? [], nextCursor: page?.next }
  },
})
