import type { Json, ValueContext } from '@opslayer/core/values'
import type { ColumnChanges, ColumnInput, TableColumn } from '../data/client/tables-calls.ts'
import type { FormValues } from '../forms/form-values.ts'
import { type ColumnTypes, columnTypeIn } from '../provider/column-types.ts'

/** A column as its form has it. */
export interface ColumnDraft {
  readonly name: string
  readonly description: string
  /** Id of the column type; of a formula's column how results are shown, '' for as they are. */
  readonly type: string
  readonly settings: FormValues
  /** Null for a column that people fill. */
  readonly formula: string | null
  /** What the cell of a new row holds. */
  readonly start: 'empty' | 'value' | 'formula'
  /** As it is typed. */
  readonly defaultValue: string
  readonly defaultFormula: string
  readonly hasRule: boolean
  readonly rule: { readonly formula: string; readonly message: string }
  readonly unique: boolean
}

/** The settings that a type has by itself. */
function defaultSettings(type: string, types: ColumnTypes): FormValues {
  return (columnTypeIn(types, type)?.settings.parse({}) ?? {}) as FormValues
}

const blank = {
  name: '',
  description: '',
  start: 'empty',
  defaultValue: '',
  defaultFormula: '',
  hasRule: false,
  rule: { formula: '', message: '' },
  unique: false,
} as const

/** The form of a column that people fill. */
export function plainDraft(type: string, types: ColumnTypes): ColumnDraft {
  return { ...blank, type, settings: defaultSettings(type, types), formula: null }
}

/** The form of a column that a formula fills. */
export function formulaDraft(): ColumnDraft {
  return { ...blank, type: '', settings: {}, formula: '' }
}

/** Whether the form of a new column holds more than it began with. */
export function isBegun(draft: ColumnDraft, types: ColumnTypes): boolean {
  const start = draft.formula === null ? plainDraft(draft.type, types) : formulaDraft()
  return JSON.stringify(draft) !== JSON.stringify(start)
}

/** The form of a column that is there. */
export function draftOf(column: TableColumn, types: ColumnTypes): ColumnDraft {
  const { name, description, type, formula, defaultFormula, defaultValue, rule, unique } = column
  const hasValue = defaultValue !== null && defaultValue !== undefined
  return {
    name,
    description,
    type,
    settings: (column.settings ?? {}) as FormValues,
    formula: formula?.source ?? null,
    start: defaultFormula !== null ? 'formula' : hasValue ? 'value' : 'empty',
    defaultValue: hasValue
      ? (columnTypeIn(types, type)?.toCsv(defaultValue as Json, column.settings) ?? String(defaultValue))
      : '',
    defaultFormula: defaultFormula ?? '',
    hasRule: rule !== null,
    rule: rule ?? blank.rule,
    unique,
  }
}

/** The draft with another type and that type's settings; what the type cannot have goes. */
export function withType(
  draft: ColumnDraft,
  type: string,
  types: ColumnTypes,
  settings: FormValues = defaultSettings(type, types),
): ColumnDraft {
  const canBeUnique = columnTypeIn(types, type)?.canBeUnique === true
  return { ...draft, type, settings, unique: draft.unique && canBeUnique }
}

/** What the server takes to make the column. */
export function columnInput(draft: ColumnDraft): ColumnInput {
  const { name, description, type, settings, formula, start, defaultValue, defaultFormula, hasRule, rule, unique } =
    draft
  return {
    name: name.trim(),
    ...(description.trim() !== '' && { description: description.trim() }),
    ...(type !== '' && { type, settings }),
    ...(formula !== null && { formula }),
    ...(formula === null && start === 'value' && { defaultValue }),
    ...(formula === null && start === 'formula' && { defaultFormula }),
    ...(formula === null && hasRule && { rule }),
    ...(unique && { unique }),
  }
}

/** What changes of a column that keeps its type; empty if nothing does. */
export function columnChanges(draft: ColumnDraft, column: TableColumn, types: ColumnTypes): ColumnChanges {
  const before = draftOf(column, types)
  const isOther = (key: keyof ColumnDraft) => JSON.stringify(draft[key]) !== JSON.stringify(before[key])
  const defaults = isOther('start') || isOther('defaultValue') || isOther('defaultFormula')
  return {
    ...(isOther('name') && { name: draft.name.trim() }),
    ...(isOther('description') && { description: draft.description.trim() }),
    ...(isOther('settings') && draft.type === column.type && { settings: draft.settings }),
    ...(isOther('formula') && draft.formula !== null && { formula: draft.formula }),
    ...(defaults && {
      defaultValue: draft.start === 'value' ? draft.defaultValue : null,
      defaultFormula: draft.start === 'formula' ? draft.defaultFormula : null,
    }),
    ...((isOther('hasRule') || (draft.hasRule && isOther('rule'))) && { rule: draft.hasRule ? draft.rule : null }),
    ...(isOther('unique') && { unique: draft.unique }),
  }
}

/** Why the default that is typed cannot be read; undefined if it can. */
export function defaultFault(draft: ColumnDraft, context: ValueContext, types: ColumnTypes): string | undefined {
  const type = columnTypeIn(types, draft.type)
  if (draft.start !== 'value' || type === undefined || draft.defaultValue.trim() === '') return undefined
  const settings = type.settings.safeParse(draft.settings)
  if (!settings.success) return undefined
  const parsed = type.parse(draft.defaultValue, settings.data, context)
  return parsed.ok ? undefined : parsed.reason
}

/** The column as a formula sees it that is saved with it, such as its rule; its key is the one that its name gives. */
export function ownColumn({ name, type, settings, description, unique }: ColumnDraft): TableColumn {
  const key =
    name
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^[_0-9]+|_+$/g, '') || 'column'
  return {
    id: 'own',
    key,
    name,
    description,
    type,
    typeFault: null,
    settings,
    unique,
    defaultValue: null,
    defaultFormula: null,
    formula: null,
    fill: null,
    rule: null,
    locked: false,
    hidden: false,
  }
}
