import * as z from 'zod'
import {
  checkDefault,
  checkSettings,
  checkUnique,
  descriptionSchema,
  keySchema,
  nameSchema,
  ruleSchema,
  sourceSchema,
} from '../catalog/column-input.ts'
import type { ColumnChanges } from '../catalog/columns.repository.ts'
import { fillInputSchema } from '../catalog/fill-definition.ts'
import { type ColumnDefinition, refuseMissingType, type TableDefinition } from '../catalog/table-definition.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import { fillAfter } from './filled/change-fill.ts'
import { refuseForFormula } from './formulas/change-column.ts'
import type { TableWork } from './org-session.ts'

export const columnChangesSchema = z.strictObject({
  name: nameSchema.optional(),
  key: keySchema.optional(),
  description: descriptionSchema.optional(),
  settings: z.unknown().optional(),
  defaultValue: z.unknown().optional(),
  unique: z.boolean().optional(),
  locked: z.boolean().optional(),
  hidden: z.boolean().optional(),
  /** Of a formula's column. */
  formula: sourceSchema.optional(),
  /** Of a column that a plugin fills; null leaves its cells to people. */
  fill: fillInputSchema.nullable().optional(),
  /** Of a formula's column: how results are shown, as far as they fit. Other columns are retyped. */
  type: z.string().max(100).optional(),
  defaultFormula: sourceSchema.nullable().optional(),
  rule: ruleSchema.nullable().optional(),
})

/** What can change of a column without touching its cells. A rename keeps the key unless a new one is given. */
export type ColumnChangesInput = Readonly<z.input<typeof columnChangesSchema>>

/** What the change log keeps of a change of a column. What the index advisor made of it is not part of that. */
export interface ColumnImage
  extends Omit<
    ColumnChanges,
    'sortKeyed' | 'sortKeyReady' | 'searchIndexed' | 'formulaGeneration' | 'formulaPending' | 'formulaAt'
  > {
  /** Ids of all columns in order, deleted ones included, when the order changed. */
  readonly order?: readonly string[]
}

/** The image that changes make of a column. @throws OpsError `LOCKED`, `ALREADY_EXISTS`, `INVALID_INPUT` */
export function imageAfter(
  work: TableWork,
  column: ColumnDefinition,
  changes: z.output<typeof columnChangesSchema>,
): ColumnImage {
  const { table, context } = work
  const renames =
    (changes.name !== undefined && changes.name !== column.name) ||
    (changes.key !== undefined && changes.key !== column.key)
  if (renames && column.locked && changes.locked !== false) throw lockedColumn(column, 'renamed')
  if (changes.key !== undefined && changes.key !== column.key && keysOf(table).has(changes.key)) {
    throw new OpsError('ALREADY_EXISTS', say('Another column already has the key "{key}".', { key: changes.key }), {
      path: ['key'],
    })
  }
  const unique = changes.unique ?? column.unique
  refuseMissing(column, changes)
  if (changes.unique === true) checkUnique(column.columnType, true)
  if (column.formula !== null) refuseForFormula(column, changes)
  const settings = changes.settings === undefined ? column.settings : checkSettings(column.columnType, changes.settings)
  const defaultChanged = changes.defaultValue !== undefined || changes.settings !== undefined || changes.unique === true
  const given = changes.defaultValue === undefined ? column.defaultValue : changes.defaultValue
  const { defaultValue: _value, settings: _settings, formula: _formula, type, ...others } = changes
  const { defaultFormula: _default, rule: _rule, fill, ...plain } = others
  if (type !== undefined && column.formula === null && type !== column.type) {
    throw new OpsError('INVALID_INPUT', 'The type of a column that people fill changes by `retype`.', {
      path: ['type'],
    })
  }
  return {
    ...definedOnly(plain),
    ...(fill !== undefined && fillAfter(work, column, fill)),
    ...(changes.settings !== undefined && { settings }),
    ...(defaultChanged && { defaultValue: checkDefault(column.columnType, settings, given, unique, context) }),
  }
}

/** What only the type itself could check. */
function refuseMissing(column: ColumnDefinition, changes: z.output<typeof columnChangesSchema>): void {
  const { settings, defaultValue, defaultFormula, rule } = changes
  const given = [settings, defaultValue, defaultFormula ?? undefined, rule ?? undefined]
  if (column.formula !== null || given.every((each) => each === undefined || each === null)) return
  refuseMissingType(column)
}

/** The column as an image makes it. */
export function targetOf(
  column: ColumnDefinition,
  { formula, formulaType, ...changes }: Omit<ColumnImage, 'order'>,
  columnType: ColumnDefinition['columnType'],
): ColumnDefinition {
  const source = formula ?? column.formula?.source
  const isFormula = column.formula !== null && source !== undefined
  return {
    ...column,
    ...definedOnly(changes),
    columnType,
    formula: isFormula ? { ...column.formula, source, type: formulaType ?? column.formula.type } : null,
  }
}

/** What an image replaces. */
export function imageBefore(column: ColumnDefinition, image: ColumnImage, order: readonly string[]): ColumnImage {
  const present = columnImage(column, order)
  return Object.fromEntries(
    Object.keys(image).map((member) => [member, present[member as keyof ColumnImage]]),
  ) as ColumnImage
}

/** All that an image of a live column may hold. */
export function columnImage(column: ColumnDefinition, order: readonly string[]): Required<ColumnImage> {
  return {
    number: column.number,
    key: column.key,
    name: column.name,
    description: column.description,
    type: column.type,
    storage: column.columnType.storage,
    settings: column.settings,
    defaultValue: column.defaultValue,
    formula: column.formula?.source ?? null,
    formulaType: column.formula?.type ?? null,
    defaultFormula: column.defaultFormula,
    rule: column.rule,
    fill: column.fill,
    unique: column.unique,
    locked: column.locked,
    hidden: column.hidden,
    deleted: false,
    order,
  }
}

export function lockedColumn(column: ColumnDefinition, what: 'renamed' | 'retyped' | 'deleted'): OpsError {
  return new OpsError(
    'LOCKED',
    say('Column "{column}" is locked and cannot be {~what}. Unlock it first.', { column: column.name, what }),
  )
}

export function keysOf(table: TableDefinition): Set<string> {
  return new Set(table.columns.map(({ key }) => key))
}

function definedOnly<T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}
