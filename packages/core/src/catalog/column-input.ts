import * as z from 'zod'
import { checkInput } from '../errors/check-input.ts'
import { OpsError } from '../errors/ops-error.ts'
import type { AnyColumnType, ValueContext } from '../values/column-type.ts'
import type { Json } from '../values/json.ts'
import { columnKey, keyPattern } from './column-key.ts'
import type { ColumnTypes } from './column-types.ts'
import { limits } from './limits.ts'

/** A name that users read: trimmed, on one line, without control characters. */
export const nameSchema = z
  .string()
  .trim()
  .min(1, 'A name has at least one character.')
  .max(limits.nameLength)
  .refine((name) => name.isWellFormed(), 'A name has no broken Unicode characters.')
  .refine((name) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name), 'A name has no line breaks or control characters.')

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

/** A column to be made. */
export const columnInputSchema = z.strictObject({
  name: nameSchema,
  /** Id of a column type. */
  type: z.string().max(100),
  /** Made from the name when absent. */
  key: keySchema.optional(),
  description: descriptionSchema.optional(),
  settings: z.unknown().optional(),
  /** Any input that the type can read. */
  defaultValue: z.unknown().optional(),
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
  readonly settings: Json
  readonly defaultValue: Json
  readonly unique: boolean
  readonly hidden: boolean
}

/**
 * @param taken keys of the table's other live columns
 * @throws OpsError `INVALID_INPUT`, `ALREADY_EXISTS` for a key that is taken
 */
export function checkColumn(
  input: ColumnInput,
  taken: ReadonlySet<string>,
  types: ColumnTypes,
  context: ValueContext,
): CheckedColumn {
  const type = types.get(input.type)
  if (input.key !== undefined && taken.has(input.key)) {
    throw new OpsError('ALREADY_EXISTS', `Another column already has the key "${input.key}".`, { path: ['key'] })
  }
  const settings = checkSettings(type, input.settings ?? {})
  const unique = input.unique ?? false
  checkUnique(type, unique)
  return {
    key: input.key ?? columnKey(input.name, taken),
    name: input.name,
    description: input.description ?? '',
    type: type.id,
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
    throw new OpsError('INVALID_INPUT', `A column of type ${type.label} cannot be unique.`, { path: ['unique'] })
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
    throw new OpsError('INVALID_VALUE', `The default value does not fit: ${parsed.reason}`, { path: ['defaultValue'] })
  if (unique && parsed.value !== null) {
    throw new OpsError('INVALID_INPUT', 'A unique column has no default value: two new rows would share it.', {
      path: ['defaultValue'],
    })
  }
  return parsed.value
}
