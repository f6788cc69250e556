import type { ActionRequest } from '../data/client/actions-calls.ts'
import type { OpsActionPart, OpsPlugin } from '../data/client/plugins-calls.ts'
import type { Scheduled } from '../data/client/schedules-calls.ts'
import type { TableColumn } from '../data/client/tables-calls.ts'
import type { Filter } from '../data/client/views-calls.ts'
import { filledSources, missingInPart, type PartDraft, startPart } from '../fills/part-draft.ts'
import { filledValues } from '../forms/form-values.ts'

/** Which rows an action is for. */
export type ActionRows = { readonly ids: readonly string[] } | { readonly filter: Filter | null }

/** An action as its form has it. */
export interface ActionDraft extends PartDraft {
  /** Key of the column that takes an output, by its key; null for none. */
  readonly output: Readonly<Record<string, string | null>>
}

/** An action as a schedule starts it. */
export function scheduledAction(tableId: string, request: ActionRequest): Scheduled {
  // Leaves out what is undefined, which JSON does not know.
  return { kind: 'action', tableId, request: JSON.parse(JSON.stringify(request)) }
}

export function startAction(part: OpsActionPart, columns: readonly TableColumn[]): ActionDraft {
  return {
    ...startPart(part, columns),
    output: Object.fromEntries(part.output.fields.map(({ key }) => [key, null])),
  }
}

/** What the server takes; null while something is missing. */
export function actionRequest(
  plugin: OpsPlugin,
  part: OpsActionPart,
  draft: ActionDraft,
  rows: ActionRows,
): ActionRequest | null {
  const { connectionId, settings, inputs, output } = draft
  if (missingInPart(draft, part, plugin).length > 0) return null
  const outputs = Object.entries(output).flatMap(([key, column]) => (column === null ? [] : [[key, column] as const]))
  return {
    plugin: plugin.id,
    part: part.id,
    ...(connectionId !== null && { connectionId }),
    settings: filledValues(part.settings, settings),
    inputs: filledSources(inputs),
    output: Object.fromEntries(outputs),
    ...('ids' in rows ? { rows: [...rows.ids] } : rows.filter === null ? {} : { filter: rows.filter }),
  }
}
