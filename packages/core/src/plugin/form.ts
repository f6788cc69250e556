import type { BuiltInColumnTypeId } from '../values/built-in-types.ts'
import type { Json } from '../values/json.ts'

/**
 * A form as plain data, made from a schema: what React draws and what a host may draw itself. The schema stays the
 * judge of what is filled in.
 */
export interface Form {
  readonly fields: readonly FormField[]
}

/** A fixed choice. */
export interface FormChoice {
  readonly value: string | number | boolean
  readonly label: string
}

export type FormField = FormFieldBase &
  (
    | {
        readonly kind: 'text'
        readonly format?: 'email' | 'url' | 'date' | 'datetime' | 'multiline'
        readonly minLength?: number
        readonly maxLength?: number
        /** Source of a JavaScript regular expression. */
        readonly pattern?: string
      }
    | { readonly kind: 'number'; readonly integer: boolean; readonly minimum?: number; readonly maximum?: number }
    | { readonly kind: 'checkbox' }
    | { readonly kind: 'choice'; readonly choices: readonly FormChoice[] }
    /** Any number of entries: of `choices`, or free text. */
    | { readonly kind: 'list'; readonly choices?: readonly FormChoice[]; readonly maxItems?: number }
    | { readonly kind: 'group'; readonly fields: readonly FormField[] }
    /** What has no field of its own is written as JSON. */
    | { readonly kind: 'json' }
  )

interface FormFieldBase {
  /** The property's name. */
  readonly key: string
  readonly label: string
  readonly help?: string
  readonly placeholder?: string
  /** Whether the schema refuses a form without it. */
  readonly required: boolean
  readonly default?: Json
  /** Left empty it is null, which has a meaning of its own. */
  readonly nullable?: true
  /** Never shown again once it is saved. */
  readonly secret?: true
  /** Its choices come from the vendor: ask `plugins.options`. */
  readonly dynamic?: true
  /** For inputs: the types of columns that suit, the best first; none means any. */
  readonly columnTypes?: readonly BuiltInColumnTypeId[]
}
