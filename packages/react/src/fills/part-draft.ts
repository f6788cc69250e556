import type { Form, FormField } from '@opslayer/core/plugin'
import type { OpsPlugin } from '../data/client/plugins-calls.ts'
import type { FillSource, TableColumn } from '../data/client/tables-calls.ts'
import { type FormValues, missingFields, startValues } from '../forms/form-values.ts'

/** Where each input of a part comes from, by its key; null while that is not said. */
export type InputSources = Readonly<Record<string, FillSource | null>>

/** What any part of a plugin is asked with, as its form has it. */
export interface PartDraft {
  readonly connectionId: string | null
  readonly settings: FormValues
  readonly inputs: InputSources
}

/** The forms of a part; sources read no rows and have no inputs. */
export interface PartForms {
  readonly settings: Form
  readonly inputs?: Form
}

/** What a form begins with: the settings' defaults, and the columns that suit the inputs best. */
export function startPart(part: PartForms, columns: readonly TableColumn[]): PartDraft {
  return {
    connectionId: null,
    settings: startValues(part.settings),
    inputs: part.inputs === undefined ? {} : suitedSources(part.inputs, columns),
  }
}

/** Whether people have put something into a form. Its connection is chosen by itself, and whose field tells of another one. */
export function isPartChanged<Draft extends PartDraft>(draft: Draft, start: Draft): boolean {
  const entered = (form: Draft) => JSON.stringify({ ...form, connectionId: null })
  return entered(draft) !== entered(start)
}

/** What is missing before the server can be asked: paths as in the form, the connection among them. */
export function missingInPart(draft: PartDraft, part: PartForms, plugin: OpsPlugin): readonly string[] {
  const inputs = part.inputs?.fields ?? []
  return [
    ...(plugin.methods.length > 0 && draft.connectionId === null ? ['connectionId'] : []),
    ...inputs.filter(({ key, required }) => required && isOpen(draft.inputs[key])).map(({ key }) => key),
    ...missingFields(part.settings, draft.settings).map((path) => path.join('.')),
  ]
}

/** A source that says nothing yet. */
function isOpen(source: FillSource | null | undefined): boolean {
  if (source === null || source === undefined) return true
  if ('formula' in source) return source.formula.trim() === ''
  return 'value' in source && (source.value === null || source.value === '')
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
