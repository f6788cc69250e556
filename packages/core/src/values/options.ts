import * as z from 'zod'
import { say } from '../sentences/say.ts'
import { textFault } from './cell-bounds.ts'

/** Colours of options, by name; the theme decides how each looks. */
export const optionColors = [
  'gray',
  'blue',
  'green',
  'amber',
  'red',
  'purple',
  'teal',
  'pink',
  'orange',
  'cyan',
  'lime',
  'indigo',
  'yellow',
  'violet',
  'brown',
] as const
export type OptionColor = (typeof optionColors)[number]

/** What a status means for work: not begun, under way, ended well, ended without success. */
export const statusGroups = ['open', 'active', 'done', 'lost'] as const
export type StatusGroup = (typeof statusGroups)[number]

/** The most options of one column. */
export const maxOptions = 1_000
/** The longest option name, in UTF-16 units. */
export const maxOptionName = 100

/** One choice of a status, dropdown or tags column. Cells hold the `id`, so renaming touches no cell. */
export interface Option {
  /** `^[a-z0-9_-]{1,40}$`, unique in the column, never changed. */
  readonly id: string
  /** Trimmed, on one line, 1 to 100 characters; unique in the column without regard to case. */
  readonly name: string
  /** @default 'gray' */
  readonly color: OptionColor
}

export interface OptionSettings {
  /** In menu and sort order; at most 1,000. */
  readonly options: readonly Option[]
  /** Whether an import or edit may add options (with `withNewOptions`); `parse` itself never does. @default false */
  readonly allowNew: boolean
}

/** Of the settings of every type with options; see {@link OptionSettings}. */
export const allowNewSetting = z.boolean().default(false).meta({ title: 'Imports and edits may add options' })

const optionId = z.string().regex(/^[a-z0-9_-]{1,40}$/, 'an option id has 1 to 40 of a–z, 0–9, “_” and “-”')

/** An option name as stored: on one line, white space collapsed, Unicode composed. */
export function tidyName(name: string): string {
  return name.normalize('NFC').replace(/\s+/g, ' ').trim()
}

/** What two names must not share: the name without regard to case. */
export function nameKey(name: string): string {
  return tidyName(name).toLowerCase()
}

export const optionSchema = z.strictObject({
  id: optionId,
  name: z
    .string()
    .max(maxOptionName * 4)
    .transform(tidyName)
    .refine(
      (name) => name !== '' && name.length <= maxOptionName,
      `an option name has 1 to ${maxOptionName} characters`,
    )
    .refine((name) => textFault(name) === null, 'an option name must be plain text'),
  color: z.enum(optionColors).default('gray'),
})

/** A schema of options whose ids and names are unique, and where no name is another option's id. */
export function optionsSchema<Schema extends z.ZodType<Option>>(option: Schema) {
  return z
    .array(option)
    .max(maxOptions)
    .superRefine((options, context) => {
      const owners = new Map<string, number>()
      options.forEach((item, index) => {
        const clash = (key: string) => (owners.get(key) ?? index) !== index
        if (clash(item.id))
          context.addIssue({
            code: 'custom',
            message: say('“{name}” is taken', { name: item.id }),
            path: [index, 'id'],
          })
        if (clash(nameKey(item.name))) {
          context.addIssue({
            code: 'custom',
            message: say('“{name}” is taken', { name: item.name }),
            path: [index, 'name'],
          })
        }
        owners.set(item.id, owners.get(item.id) ?? index)
        owners.set(nameKey(item.name), owners.get(nameKey(item.name)) ?? index)
      })
    })
}

/** Options by id and name, and their order. */
export interface OptionIndex {
  readonly byKey: ReadonlyMap<string, Option>
  readonly places: ReadonlyMap<string, number>
}

const indexes = new WeakMap<readonly Option[], OptionIndex>()

/** Looks options up by id or {@link nameKey}; made once per settings. */
export function optionIndex(options: readonly Option[]): OptionIndex {
  const known = indexes.get(options)
  if (known) return known
  const byKey = new Map<string, Option>()
  for (const option of options) byKey.set(nameKey(option.name), option)
  for (const option of options) byKey.set(option.id, option)
  const index = { byKey, places: new Map(options.map((option, place) => [option.id, place])) }
  indexes.set(options, index)
  return index
}

/** Ascending by place in the settings; ids that are gone come last, by code point. */
export function compareOptions(a: string, b: string, settings: OptionSettings): number {
  const { places } = optionIndex(settings.options)
  const [x, y] = [places.get(a), places.get(b)]
  if (x !== undefined && y !== undefined) return x - y
  if (x !== undefined || y !== undefined) return x === undefined ? 1 : -1
  return a < b ? -1 : a > b ? 1 : 0
}

/** The option's name; an id that is gone stands for itself. */
export function optionName(id: string, settings: OptionSettings): string {
  const { places } = optionIndex(settings.options)
  const place = places.get(id)
  return (place === undefined ? undefined : settings.options[place]?.name) ?? id
}
