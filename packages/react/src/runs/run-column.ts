import type { OpsRun } from '../data/client/runs-calls.ts'

/** The column that a run of the kind `column` fills; undefined for other kinds. */
export function columnOf({ kind, input }: OpsRun): string | undefined {
  const { columnId } = Object(input) as { readonly columnId?: unknown }
  return kind === 'column' && typeof columnId === 'string' ? columnId : undefined
}
