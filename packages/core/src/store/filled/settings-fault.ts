import type { OpsErrorPath } from '../../errors/ops-error.ts'
import type { AnyColumnPart } from '../../plugin/column-part.ts'
import { say } from '../../sentences/say.ts'
import type { Json } from '../../values/json.ts'

/**
 * What is wrong with the settings of a part by its schema; null if nothing is, or if the schema takes its time: then
 * each run finds out.
 */
export function settingsFault(
  { settings: schema }: AnyColumnPart,
  settings: Json,
): { readonly message: string; readonly path: OpsErrorPath } | null {
  if (schema === undefined) return null
  const result = schema['~standard'].validate(settings)
  if (result instanceof Promise || result.issues === undefined) return null
  const [issue] = result.issues
  const path = (issue?.path ?? []).map((step: PropertyKey | { readonly key: PropertyKey }) => {
    const key = typeof step === 'object' ? step.key : step
    return typeof key === 'symbol' ? String(key) : key
  })
  const where = path.length === 0 ? '' : `${path.join('.')}: `
  const reason = `${where}${issue?.message ?? 'not valid'}`
  return { message: say('The settings do not fit: {reason}', { reason }), path }
}
