import type { Schema } from './schema.ts'

/** The parts of JSON Schema that forms are made from, and what authors add by `meta`. */
export interface JsonSchema {
  readonly type?: string
  readonly title?: string
  readonly description?: string
  readonly default?: unknown
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly format?: string
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly maxItems?: number
  readonly placeholder?: unknown
  readonly multiline?: unknown
  readonly secret?: unknown
  readonly labels?: unknown
  readonly columnTypes?: unknown
}

/**
 * A schema's description of what it takes in.
 *
 * @throws Error if the schema cannot describe itself: no Standard Schema, or types that JSON lacks
 */
export function jsonSchemaOf(schema: Schema): JsonSchema {
  const standard: unknown = (schema as Partial<Schema> | undefined)?.['~standard']
  if (!hasJsonSchema(standard)) {
    throw new Error('it must be a Standard Schema that gives its JSON Schema, such as one of zod 4.2 or later')
  }
  return standard.jsonSchema.input({ target: 'draft-2020-12' }) as JsonSchema
}

function hasJsonSchema(standard: unknown): standard is Schema['~standard'] {
  return (
    typeof standard === 'object' &&
    standard !== null &&
    'validate' in standard &&
    typeof standard.validate === 'function' &&
    'jsonSchema' in standard &&
    typeof standard.jsonSchema === 'object'
  )
}
