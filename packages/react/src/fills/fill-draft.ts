import type { OpsColumnPart } from '../data/client/plugins-calls.ts'
import type { ColumnFill, FillInput, TableColumn } from '../data/client/tables-calls.ts'
import type { Filter } from '../data/client/views-calls.ts'
import { filledValues, isRecord, startValues } from '../forms/form-values.ts'
import { filledSources, type PartDraft, startPart } from './part-draft.ts'

/** How a plugin is to fill a column, as its form has it. */
export interface FillDraft extends PartDraft {
  readonly name: string
  readonly hasCondition: boolean
  readonly condition: Filter | null
  readonly auto: boolean
  readonly perRun: number | null
  readonly perMonth: number | null
}

/** What a new column begins with: its part's name, and the columns that suit its inputs best. */
export function startFill(part: OpsColumnPart, columns: readonly TableColumn[]): FillDraft {
  return {
    ...startPart(part, columns),
    name: part.name,
    hasCondition: false,
    condition: null,
    auto: false,
    perRun: null,
    perMonth: null,
  }
}

/** The form of a column that a plugin fills already. */
export function fillDraftOf(name: string, fill: ColumnFill, part: OpsColumnPart): FillDraft {
  return {
    name,
    connectionId: fill.connectionId,
    settings: startValues(part.settings, isRecord(fill.settings) ? fill.settings : {}),
    inputs: Object.fromEntries(part.inputs.fields.map(({ key }) => [key, fill.inputs[key] ?? null])),
    hasCondition: fill.condition !== null,
    condition: fill.condition as unknown as Filter | null,
    auto: fill.auto,
    perRun: fill.limits.perRun,
    perMonth: fill.limits.perMonth,
  }
}

/** What the server takes. */
export function fillInput(plugin: string, part: OpsColumnPart, draft: FillDraft): FillInput {
  const { connectionId, condition, hasCondition, auto, perRun, perMonth } = draft
  return {
    plugin,
    part: part.id,
    connectionId,
    settings: filledValues(part.settings, draft.settings),
    inputs: filledSources(draft.inputs),
    condition: hasCondition ? condition : null,
    auto,
    limits: { perRun, perMonth },
  }
}
