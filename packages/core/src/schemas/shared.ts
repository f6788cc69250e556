import * as z from 'zod'

/** An id as it stands in an input: whose it is, and whether it is there, the call itself finds out. */
export const idSchema = z.string().min(1).max(300)

const cursorSchema = z.string().max(20_000)

/** What lists take, beside their own: each list checks its cursors and its largest page itself. */
export const listShape = { cursor: cursorSchema.optional(), limit: z.int().min(1).max(1_000).optional() }

/** Number of rows, groups or values of one answer. */
export const limitSchema = z.int().min(1).max(1_000)

/** Names a start, so that it may be sent again. */
export const startKeySchema = z.string().min(1).max(100).optional()

export const inTable = { tableId: idSchema }
export const inColumn = { tableId: idSchema, columnId: idSchema }
export const inRow = { tableId: idSchema, rowId: idSchema }
export const inView = { tableId: idSchema, viewId: idSchema }
