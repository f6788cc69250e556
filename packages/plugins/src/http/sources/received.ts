import * as z from 'zod'
import { part } from '../credentials.ts'
import { recordKey } from '../record-key.ts'

const record = z.record(z.string(), z.json())

/** Rows that others send to the webhook `rows`. There is nothing to pull. */
export const received = part.source({
  id: 'received',
  name: 'HTTP: received rows',
  description: 'Each JSON object that is sent to the webhook becomes a row.',
  record,
  key: recordKey,
  columns: { data: { name: 'Data', type: 'json', from: (each) => each } },
  readPage: async () => ({ records: [] }),
})
