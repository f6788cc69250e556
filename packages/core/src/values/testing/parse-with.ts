import type { ColumnType, ValueContext } from '../column-type.ts'
import type { Json } from '../json.ts'
import { testContext } from './test-context.ts'

/** What `parse` says to an input: the value, or the reason of the refusal as an `Error`. */
export function parseWith<Settings, Value extends Json>(
  type: ColumnType<Settings, Value>,
  input: unknown,
  settings: unknown = {},
  context: Partial<ValueContext> = {},
): Value | null | Error {
  const parsed = type.parse(input, type.settings.parse(settings), { ...testContext, ...context })
  return parsed.ok ? parsed.value : new Error(parsed.reason)
}
