import * as z from 'zod'
import { checkInput } from '../errors/check-input.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import type { AnyColumnType, Storage, ValueContext } from '../values/column-type.ts'
import type { Json } from '../values/json.ts'
import { plainText } from '../values/plain-text.ts'
import { columnKey, keyPattern } from './column-key.ts'
import type { ColumnTypes } from './column-types.ts'
import { type FillDefinition, fillInputSchema } from './fill-definition.ts'
import { limits } from './limits.ts'
import type { ColumnRule } from './table.ts'
import type { FormulaDefinition } from './table-definition.ts'

/** A name that users read: trimmed, on one line, without control characters. */
export const nameSchema = z
  .string()
  .trim()
  .min(1, say('A name has at least one character.'))
  .max(limits.nameLength)
  .refine((name) => name.isWellFormed(), say('A name has no broken Unicode characters.'))
  .refine((name) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name), say('A name has no line breaks or control characters.'))

export const descriptionSchema = z
  .string()
  .max(limits.descriptionLength)
  .refine(
    (text) => text.isWellFormed() && !text.includes('\0'),
    'A description has no NUL or broken Unicode characters.',
  )

export const keySchema = z
  .string()
  .regex(keyPattern, 'A key starts with a lower-case letter and goes on with letters, digits and "_", at most 60.')

/** Formulas are bounded where they are read, with the place of the fault. */
export const sourceSchema = z.string().max(1_000_000)

export const ruleSchema = z.strictObject({
  /** Over the column itself: `@score >= 0 AND @score <= 100`. */
  formula: sourceSchema,
  /** What people are told: "Score must be 0–100". */
  message: plainText(300).trim().min(1),
})

/** A column to be made. */
export const columnInputSchema = z.strictObject({
  name: nameSchema,
  /** Id of a column type. Of a formula's column: how results are shown. @default the type of the results, or of the part */
  type: z.string().max(100).optional(),
  /** Gives the cells, from other cells of the row: `@price * @amount`. */
  formula: sourceSchema.optional(),
  /** A plugin's part that gives the cells when it is asked to; see `cells.run`. */
  fill: fillInputSchema.optional(),
  /** Made from the name when absent. */
  key: keySchema.optional(),
  description: descriptionSchema.optional(),
  settings: z.unknown().optional(),
  /** Any input that the type can read. */
  defaultValue: z.unknown().optional(),
  /** Gives the cell of a new row that comes without: `TODAY() + 14`. Reads columns that are no formulas. */
  defaultFormula: sourceSchema.optional(),
  /** What a value must satisfy to be written. */
  rule: ruleSchema.optional(),
  unique: z.boolean().optional(),
  hidden: z.boolean().optional(),
})

export type ColumnInput = z.input<typeof columnInputSchema>

/** A column input that was checked against its type. */
export interface CheckedColumn {
  readonly key: string
  readonly name: string
  readonly description: string
  readonly type: string
  readonly storage: Storage
  readonly settings: Json
  readonly defaultValue: Json
  readonly defaultFormula: string | null
  readonly rule: ColumnRule | null
  readonly formula: Pick<FormulaDefinition, 'source' | 'type'> | null
  readonly fill: FillDefinition | null
  readonly unique: boolean
  readonly hidden: boolean
}

/** What of an input is no formula and no plugin's. */
export type PlainInput = Omit<ColumnInput, 'type' | 'formula' | 'defaultFormula' | 'rule' | 'fill'> & {
  readonly type: string
}

/**
 * @param taken keys of the table's other live columns
 * @throws OpsError `INVALID_INPUT`, `ALREADY_EXISTS` for a key that is taken
 */
export function checkColumn(
  input: PlainInput,
  taken: ReadonlySet<string>,
  types: ColumnTypes,
  context: ValueContext,
): Omit<CheckedColumn, 'defaultFormula' | 'rule' | 'formula' | 'fill'> {
  const type = types.get(input.type)
  if (input.key !== undefined && taken.has(input.key)) {
    throw new OpsError('ALREADY_EXISTS', say('Another column already has the key "{key}".', { key: input.key }), {
      path: ['key'],
    })
  }
  const settings = checkSettings(type, input.settings ?? {})
  const unique = input.unique ?? false
  checkUnique(type, unique)
  return {
    key: input.key ?? columnKey(input.name, taken),
    name: input.name,
    description: input.description ?? '',
    type: type.id,
    storage: type.storage,
    settings,
    defaultValue: checkDefault(type, settings, input.defaultValue ?? null, unique, context),
    unique,
    hidden: input.hidden ?? false,
  }
}

/** @throws OpsError `INVALID_INPUT` with one issue for each fault of the settings */
export function checkSettings(type: AnyColumnType, settings: unknown): Json {
  return checkInput(type.settings, settings, ['settings']) as Json
}

/** @throws OpsError `INVALID_INPUT` */
export function checkUnique(type: AnyColumnType, unique: boolean): void {
  if (unique && !type.canBeUnique) {
    throw new OpsError('INVALID_INPUT', say('A column of type {type} cannot be unique.', { type: type.label }), {
      path: ['unique'],
    })
  }
}

/** @throws OpsError `INVALID_VALUE` if the type cannot read the default */
export function checkDefault(
  type: AnyColumnType,
  settings: Json,
  value: unknown,
  unique: boolean,
  context: ValueContext,
): Json {
  const parsed = type.parse(value, settings, context)
  if (!parsed.ok)
    throw new OpsError('INVALID_VALUE', say('The default value does not fit: {~reason}', { reason: parsed.reason }), {
      path: ['defaultValue'],
    })
  if (unique && parsed.value !== null) {
    throw new OpsError('INVALID_INPUT', say('A unique column has no default value: two new rows would share it.'), {
      path: ['defaultValue'],
    })
  }
  return parsed.value
}
