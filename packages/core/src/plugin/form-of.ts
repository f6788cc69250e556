import { type BuiltInColumnTypeId, builtInColumnTypes } from '../values/built-in-types.ts'
import type { Json } from '../values/json.ts'
import type { Form, FormChoice, FormField } from './form.ts'
import { type JsonSchema, jsonSchemaOf } from './json-schema.ts'
import type { ObjectSchema } from './schema.ts'

const maxFields = 100
const maxDepth = 3
const maxChoices = 500

export interface FormOptions {
  /** Whether fields are secret unless their schema says otherwise. @default false */
  readonly secret?: boolean
  /** Names of fields whose choices come from the vendor. */
  readonly dynamic?: readonly string[]
}

/**
 * The form for a schema. Titles, descriptions and `meta({ placeholder, multiline, secret, labels, columnTypes })` show
 * in it; `labels` names the choices of an enum.
 *
 * @throws Error if the schema describes no object, or more than a form can hold
 */
export function formOf(schema: ObjectSchema, options: FormOptions = {}): Form {
  const described = jsonSchemaOf(schema)
  if (described.type !== 'object') throw new Error('it must describe an object')
  return { fields: fieldsOf(described, options, 1) }
}

function fieldsOf(schema: JsonSchema, options: FormOptions, depth: number): FormField[] {
  const properties = Object.entries(schema.properties ?? {})
  if (properties.length > maxFields) throw new Error(`it has ${properties.length} fields; a form holds ${maxFields}`)
  return properties.map(([key, property]) => {
    if (!/^[A-Za-z][A-Za-z0-9_]{0,59}$/.test(key))
      throw new Error(`the field "${key.slice(0, 60)}" must be named by letters, digits and "_"`)
    return fieldOf(key, property, schema.required?.includes(key) ?? false, options, depth)
  })
}

function fieldOf(key: string, given: JsonSchema, required: boolean, options: FormOptions, depth: number): FormField {
  const [schema, nullable] = withoutNull(given)
  const suited = columnTypesFor(schema)
  return {
    key,
    label: schema.title ?? labelOf(key),
    ...(schema.description === undefined ? {} : { help: schema.description }),
    ...(typeof schema.placeholder === 'string' ? { placeholder: schema.placeholder } : {}),
    required,
    ...(schema.default === undefined ? {} : { default: schema.default as Json }),
    ...(nullable ? { nullable } : {}),
    ...((schema.secret ?? options.secret) === true ? { secret: true as const } : {}),
    ...(depth === 1 && options.dynamic?.includes(key) ? { dynamic: true as const } : {}),
    ...(suited.length === 0 ? {} : { columnTypes: suited }),
    ...kindOf(schema, options, depth),
  }
}

/** A schema of "this or null" as that of "this", which may be left empty. */
function withoutNull(schema: JsonSchema): readonly [JsonSchema, boolean] {
  const others = schema.anyOf?.filter(({ type }) => type !== 'null') ?? []
  const [only] = others
  if (only === undefined || others.length > 1 || others.length === schema.anyOf?.length) return [schema, false]
  return [{ ...only, ...schema }, true]
}

type DistributiveOmit<T, Keys extends PropertyKey> = T extends unknown ? Omit<T, Keys> : never
type FieldKind = DistributiveOmit<
  FormField,
  'key' | 'label' | 'help' | 'placeholder' | 'required' | 'default' | 'nullable' | 'secret' | 'dynamic' | 'columnTypes'
>

function kindOf(schema: JsonSchema, options: FormOptions, depth: number): FieldKind {
  const choices = choicesOf(schema)
  if (choices !== undefined) return { kind: 'choice', choices }
  if (schema.type === 'string') return textOf(schema)
  if (schema.type === 'boolean') return { kind: 'checkbox' }
  if (schema.type === 'number' || schema.type === 'integer') {
    return { kind: 'number', integer: schema.type === 'integer', ...bounds(schema, ['minimum', 'maximum']) }
  }
  if (schema.type === 'array') {
    const items = schema.items
    const listed = items === undefined ? undefined : choicesOf(items)
    if (listed !== undefined) return { kind: 'list', choices: listed, ...bounds(schema, ['maxItems']) }
    if (items?.type === 'string') return { kind: 'list', ...bounds(schema, ['maxItems']) }
  }
  if (schema.type === 'object' && schema.properties !== undefined && depth < maxDepth)
    return { kind: 'group', fields: fieldsOf(schema, options, depth + 1) }
  return { kind: 'json' }
}

function textOf(schema: JsonSchema): FieldKind {
  const format = schema.multiline === true ? 'multiline' : textFormats.get(schema.format ?? '')
  return {
    kind: 'text',
    ...(format === undefined ? {} : { format }),
    ...bounds(schema, ['minLength', 'maxLength']),
    // A format says it better than the long expression that a library prints for it.
    ...(format === undefined && schema.pattern !== undefined ? { pattern: schema.pattern } : {}),
  }
}

const textFormats = new Map<string, 'email' | 'url' | 'date' | 'datetime'>([
  ['email', 'email'],
  ['uri', 'url'],
  ['date', 'date'],
  ['date-time', 'datetime'],
])

function choicesOf(schema: JsonSchema): readonly FormChoice[] | undefined {
  const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const])
  if (values === undefined || values.length > maxChoices) return undefined
  const choices = values.filter((value) => value !== null && typeof value !== 'object')
  const labels = (schema.labels ?? {}) as Readonly<Record<string, unknown>>
  return choices.map((value) => {
    const label = Object.hasOwn(labels, String(value)) ? labels[String(value)] : undefined
    return { value: value as FormChoice['value'], label: typeof label === 'string' ? label : labelOf(String(value)) }
  })
}

function bounds<const Names extends readonly ('minimum' | 'maximum' | 'minLength' | 'maxLength' | 'maxItems')[]>(
  schema: JsonSchema,
  names: Names,
): { readonly [Name in Names[number]]?: number } {
  const given: { [Name in Names[number]]?: number } = {}
  for (const name of names as readonly Names[number][]) {
    const value = schema[name]
    // Libraries print the widest integer where nobody set a bound.
    if (value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER) given[name] = value
  }
  return given
}

function columnTypesFor(schema: JsonSchema): readonly BuiltInColumnTypeId[] {
  if (Array.isArray(schema.columnTypes))
    return schema.columnTypes.filter((id): id is BuiltInColumnTypeId => Object.hasOwn(builtInColumnTypes, String(id)))
  if (schema.type === 'string') return suitedFormats.get(schema.format ?? '') ?? []
  if (schema.type === 'number' || schema.type === 'integer') return ['number', 'currency', 'percent', 'rating']
  return schema.type === 'boolean' ? ['checkbox'] : []
}

const suitedFormats = new Map<string, readonly BuiltInColumnTypeId[]>([
  ['email', ['email']],
  ['uri', ['url', 'linkedin', 'company']],
  ['date', ['date']],
  ['date-time', ['datetime']],
])

/** `maxResults`, `max_results` and `max-results` read "Max results". */
function labelOf(key: string): string {
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim()
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase()
}
