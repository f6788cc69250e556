import * as z from 'zod'
import type { FillDefinition } from '../db/tables/columns.db.ts'
import { jsonRecordSchema, jsonSchema } from './json-input.ts'

export type { FillDefinition, FillLimits, FillSource } from '../db/tables/columns.db.ts'

/** How a plugin fills a column, as people read it: columns by key, formulas with the names of columns. */
export interface ColumnFill extends Omit<FillDefinition, 'generation' | 'autoSince'> {
  /** Why cells cannot be asked for: the plugin is gone, the settings no longer fit, an input was deleted. null if they can. */
  readonly fault: string | null
}

const itemsSchema = z.int().min(1).max(1_000_000_000).nullable().default(null)

/** Where an input of a part's comes from, as it is asked for. */
export const sourceShape = z.union(
  [
    z.strictObject({ column: z.string().min(1).max(300) }),
    z.strictObject({ formula: z.string().max(100_000) }),
    z.strictObject({ value: jsonSchema }),
  ],
  { error: 'An input is { column }, { formula } or { value }.' },
)

/** A plugin that fills a column, as it is asked for. */
export const fillInputSchema = z.strictObject({
  plugin: z.string().min(1).max(60),
  part: z.string().min(1).max(60),
  /** Of the plugin. @default none, where the plugin needs none */
  connectionId: z.string().max(60).nullable().default(null),
  settings: jsonRecordSchema.default({}),
  /** By the keys of the part's inputs; columns by key or id. */
  inputs: z.record(z.string().max(100), sourceShape).default({}),
  /** A filter: rows that do not satisfy it are skipped. @default every row */
  condition: z.unknown().default(null),
  /** Whether cells are asked for by themselves when their inputs change. @default false */
  auto: z.boolean().default(false),
  /** Cells asked for at most. @default no limits */
  limits: z.strictObject({ perRun: itemsSchema, perMonth: itemsSchema }).default({ perRun: null, perMonth: null }),
})

export type FillInput = z.input<typeof fillInputSchema>
export type CheckedFillInput = z.output<typeof fillInputSchema>
