import type { Form } from '@opslayer/core/plugin'
import type { Json } from '@opslayer/core/values'

/** What is filled in, by the keys of the fields. */
export type FormValues = Readonly<Record<string, Json | undefined>>

/** What a form begins with: what is given, else the defaults. */
export function startValues(form: Form, given: FormValues = {}): FormValues {
  return Object.fromEntries(
    form.fields.map((field) => {
      const value = given[field.key] ?? field.default
      if (field.kind !== 'group') return [field.key, value]
      return [field.key, startValues(field, isRecord(value) ? value : {}) as Json]
    }),
  )
}

/** What is handed in: without what was left empty, but null where that means something. */
export function filledValues(form: Form, values: FormValues): Record<string, Json> {
  const filled: Record<string, Json> = {}
  for (const field of form.fields) {
    const value = values[field.key]
    if (field.kind === 'group') {
      const inside = filledValues(field, isRecord(value) ? value : {})
      if (field.required || Object.keys(inside).length > 0) filled[field.key] = inside
    } else if (Array.isArray(value)) filled[field.key] = value.filter((entry) => !isEmpty(entry))
    else if (!isEmpty(value)) filled[field.key] = value as Json
    else if (field.nullable === true) filled[field.key] = null
  }
  return filled
}

/** Fields that must be filled in and are not, as paths. */
export function missingFields(form: Form, values: FormValues): readonly (readonly string[])[] {
  return form.fields.flatMap((field): readonly (readonly string[])[] => {
    const value = values[field.key]
    if (field.kind === 'group') {
      const inside = isRecord(value) ? value : {}
      if (!field.required && Object.keys(filledValues(field, inside)).length === 0) return []
      return missingFields(field, inside).map((path) => [field.key, ...path])
    }
    return field.required && isEmpty(value) ? [[field.key]] : []
  })
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}

export function isRecord(value: unknown): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
