import type { OutputOf, Schema } from './schema.ts'

/** The outcome of a check by any Standard Schema. Messages name the field; they are the schema's own. */
export type Validated<Output> =
  | { readonly ok: true; readonly value: Output }
  | { readonly ok: false; readonly issues: readonly ValidationIssue[] }

export interface ValidationIssue {
  readonly message: string
  readonly path: readonly (string | number)[]
}

/** Checks a value by a schema; schemas may wait. At most 20 issues. */
export async function validate<S extends Schema>(schema: S, value: unknown): Promise<Validated<OutputOf<S>>> {
  const result = await schema['~standard'].validate(value)
  if (result.issues === undefined) return { ok: true, value: result.value }
  const issues = result.issues.slice(0, 20).map(({ message, path = [] }) => ({
    message,
    path: path.map((step) => {
      const key = typeof step === 'object' ? step.key : step
      return typeof key === 'symbol' ? String(key) : key
    }),
  }))
  return { ok: false, issues }
}
