import type { Form, FormField } from '@opslayer/core/plugin'
import type { OpsColumnPart } from '../data/client/plugins-calls.ts'
import type { ColumnFill, FillInput, FillSource, TableColumn } from '../data/client/tables-calls.ts'
import type { Filter } from '../data/client/views-calls.ts'
import { type FormValues, filledValues, isRecord, missingFields, startValues } from '../forms/form-values.ts'

/** Where each input of a part comes from, by its key; null while that is not said. */
export type InputSources = Readonly<Record<string, FillSource | null>>

/** How a plugin is to fill a column, as its form has it. */
export interface FillDraft {
  readonly name: string
  readonly connectionId: string | null
  readonly settings: FormValues
  readonly inputs: InputSources
  readonly hasCondition: boolean
  readonly condition: Filter | null
  readonly auto: boolean
  readonly perRun: number | null
  readonly perMonth: number | null
}

/** What a new column begins with: its part's name, and the columns that suit its inputs best. */
export function startFill(part: OpsColumnPart, columns: readonly TableColumn[]): FillDraft {
  return {
    name: part.name,
    connectionId: null,
    settings: startValues(part.settings),
    inputs: suitedSources(part.inputs, columns),
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

/** What is missing before the server can be asked: paths as in the form, the connection among them. */
export function missingInFill(draft: FillDraft, part: OpsColumnPart, needsConnection: boolean): readonly string[] {
  return [
    ...(needsConnection && draft.connectionId === null ? ['connectionId'] : []),
    ...part.inputs.fields.filter(({ key, required }) => required && isOpen(draft.inputs[key])).map(({ key }) => key),
    ...missingFields(part.settings, draft.settings).map((path) => path.join('.')),
  ]
}

/** A source that says nothing yet. */
export function isOpen(source: FillSource | null | undefined): boolean {
  if (source === null || source === undefined) return true
  if ('formula' in source) return source.formula.trim() === ''
  return 'value' in source && (source.value === null || source.value === '')
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

/** Sources without those that say nothing. */
export function filledSources(inputs: InputSources): Record<string, FillSource> {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([key, source]) => (source === null || isOpen(source) ? [] : [[key, source]])),
  )
}

/** For each input the column that suits it best: by its type, then by its name. No column twice. */
export function suitedSources(form: Form, columns: readonly TableColumn[]): InputSources {
  const taken = new Set<string>()
  return Object.fromEntries(
    form.fields.map((field) => {
      const ranked = columns
        .filter(({ key }) => !taken.has(key))
        .map((column) => ({ column, rank: fit(field, column) }))
        .filter(({ rank }) => rank > 0)
        .toSorted((a, b) => b.rank - a.rank)
      const best = ranked[0]?.column
      if (best === undefined) return [field.key, null]
      taken.add(best.key)
      return [field.key, { column: best.key }]
    }),
  )
}

function fit({ key, label, columnTypes = [], required }: FormField, column: TableColumn): number {
  const names = [column.key, column.name].map(letters)
  const wanted = [key, label].map(letters)
  const isSame = wanted.some((name) => names.includes(name))
  const isLike = wanted.some((name) =>
    names.some((each) => each.length > 2 && (name.includes(each) || each.includes(name))),
  )
  const suited: readonly string[] = columnTypes
  const place = suited.indexOf(column.type)
  const byType = place === -1 ? 0 : 3 - Math.min(2, place)
  const byName = isSame ? 4 : isLike ? 2 : 0
  // A type that many columns have says little: an input that may stay empty wants its name as well.
  return required || byName > 0 ? byType + byName : 0
}

function letters(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
