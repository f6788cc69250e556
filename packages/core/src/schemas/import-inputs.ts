import * as z from 'zod'
import type { ProposalRequest } from '../transfer/import/propose-import.ts'
import type { ImportRequest } from '../transfer/import/start-import.ts'
import { uploadSchema } from '../transfer/import/uploads.ts'
import { idSchema, startKeySchema } from './shared.ts'

/** Only uploads: a path would be read on the server's own disk. */
const file = uploadSchema

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)
const request = z.custom<ImportRequest>(isObject, 'The request of an import is an object.')
const planned = z.strictObject({ file, request })

/** Inputs of `imports`; what a request holds, the methods check. */
export const importInputs = {
  propose: z.strictObject({
    file,
    request: z.custom<ProposalRequest>(isObject, 'The request of a proposal is an object.'),
  }),
  confirm: planned,
  check: planned,
  start: planned.extend({ key: startKeySchema }),
  errorFile: z.strictObject({ runId: idSchema }),
}
