import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec'

/** Any schema that validates and describes itself: zod, or another library that speaks Standard Schema with JSON Schema. */
export type Schema<Output = unknown> = SchemaProps<unknown, Output>

interface SchemaProps<Input, Output> {
  readonly '~standard': StandardSchemaV1.Props<Input, Output> & StandardJSONSchemaV1.Props<Input, Output>
}

/** What a schema gives after validation. */
export type OutputOf<S extends Schema> = StandardSchemaV1.InferOutput<S>

/** A schema whose output is an object, as settings, inputs and credentials are. */
export type ObjectSchema = Schema<object>
