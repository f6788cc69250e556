import type { CheckedFillInput, FillDefinition, FillSource } from '../../catalog/fill-definition.ts'
import { type ColumnDefinition, findColumn, type TableDefinition } from '../../catalog/table-definition.ts'
import { nearest } from '../../errors/nearest.ts'
import { OpsError, type OpsErrorPath } from '../../errors/ops-error.ts'
import { checkFormula } from '../../formula/check.ts'
import type { FunctionRegistry } from '../../formula/function-registry.ts'
import { storedSource } from '../../formula/references.ts'
import type { AnyColumnPart } from '../../plugin/column-part.ts'
import { formOf } from '../../plugin/form-of.ts'
import type { AnyPlugin } from '../../plugin/plugin.ts'
import type { PluginRegistry } from '../../plugin/plugin-registry.ts'
import { canonicalFilter } from '../../query/canonical-filter.ts'
import { checkFilter } from '../../query/check-filter.ts'
import { parseFilter } from '../../query/filter.ts'
import type { QueryTable } from '../../query/query-table.ts'
import { say } from '../../sentences/say.ts'
import type { ValueContext } from '../../values/column-type.ts'
import type { Json } from '../../values/json.ts'
import { invalidFormula } from '../formulas/formula-refusals.ts'
import { formulaColumn } from '../formulas/table-formulas.ts'
import { generationOf } from './fill-generation.ts'
import { settingsFault } from './settings-fault.ts'

/** What a fill is checked against: the columns it may read, and the plugins there are. */
export interface FillSurroundings {
  readonly columns: readonly ColumnDefinition[]
  /** The same columns for the condition. */
  readonly queryTable: QueryTable
  readonly plugins: PluginRegistry
  readonly functions: FunctionRegistry
  readonly context: ValueContext
}

/** Settings and inputs together, in characters of JSON. */
const mostCharacters = 100_000

/**
 * A plugin's column part by the names of both.
 *
 * @throws OpsError `NOT_FOUND` naming the parts there are
 */
export function columnPart(
  plugins: PluginRegistry,
  { plugin: pluginId, part: partId }: Pick<FillDefinition, 'plugin' | 'part'>,
): { readonly plugin: AnyPlugin; readonly part: AnyColumnPart } {
  const plugin = plugins.get(pluginId)
  const { columnTypes } = plugin.parts
  const part = Object.hasOwn(columnTypes, partId) ? columnTypes[partId] : undefined
  if (part !== undefined) return { plugin, part }
  const known = nearest(partId, Object.keys(columnTypes))
  throw new OpsError('NOT_FOUND', `Plugin "${pluginId}" has no column part "${partId.slice(0, 60)}".${known}`, {
    path: ['fill', 'part'],
  })
}

/** The type of the cells that a part gives, with its settings. */
export function valueTypeOf({ value }: AnyColumnPart): { readonly type: string; readonly settings: Json } {
  return typeof value === 'string'
    ? { type: value, settings: {} }
    : { type: value.type, settings: (value.settings ?? {}) as Json }
}

/**
 * A fill as it is stored.
 *
 * @throws OpsError `NOT_FOUND` for a plugin, part or column that is not there; `INVALID_INPUT`, `INVALID_QUERY`,
 * `FORMULA_INVALID`
 */
export function defineFill(input: CheckedFillInput, around: FillSurroundings): FillDefinition {
  const { plugin, part } = columnPart(around.plugins, input)
  const { connectionId, settings, auto, limits } = input
  if (JSON.stringify([settings, input.inputs]).length > mostCharacters) {
    throw new OpsError(
      'LIMIT_EXCEEDED',
      `The settings and inputs of a fill have at most ${mostCharacters} characters.`,
      {
        path: ['fill'],
      },
    )
  }
  if (connectionId === null && plugin.methods.length > 0) {
    throw new OpsError(
      'INVALID_INPUT',
      say('{plugin} needs a connection: name one as `connectionId`.', { plugin: plugin.facts.name }),
      {
        path: ['fill', 'connectionId'],
      },
    )
  }
  const fault = settingsFault(part, settings)
  if (fault !== null) throw new OpsError('INVALID_INPUT', fault.message, { path: ['fill', 'settings', ...fault.path] })
  const core = { plugin: plugin.id, part: part.id, settings, inputs: inputsOf(input.inputs, part, around) }
  return {
    ...core,
    connectionId,
    condition: conditionOf(input.condition, around),
    auto,
    autoSince: auto ? around.context.now.toISOString() : null,
    limits,
    generation: generationOf(core),
  }
}

function inputsOf(
  given: CheckedFillInput['inputs'],
  part: AnyColumnPart,
  around: FillSurroundings,
): FillDefinition['inputs'] {
  const { fields } = formOf(part.inputs)
  const keys = fields.map(({ key }) => key)
  const unknown = Object.keys(given).find((key) => !keys.includes(key))
  if (unknown !== undefined) {
    const known = nearest(unknown, keys)
    throw new OpsError('INVALID_INPUT', `"${part.name}" has no input "${unknown.slice(0, 60)}".${known}`, {
      path: ['fill', 'inputs', unknown],
    })
  }
  const missing = fields.find(({ key, required }) => required && given[key] === undefined)
  if (missing !== undefined) {
    throw new OpsError(
      'INVALID_INPUT',
      say('"{part}" needs the input "{input}": say where it comes from.', { part: part.name, input: missing.label }),
      {
        path: ['fill', 'inputs', missing.key],
      },
    )
  }
  return Object.fromEntries(
    Object.entries(given).map(([key, source]) => [key, storedInput(source, around, ['fill', 'inputs', key])]),
  )
}

/**
 * Where an input comes from, as it is stored: columns by id.
 *
 * @throws OpsError `NOT_FOUND`, `FORMULA_INVALID`
 */
export function storedInput(
  source: FillSource,
  { columns, functions }: Pick<FillSurroundings, 'columns' | 'functions'>,
  path: OpsErrorPath,
): FillSource {
  if ('value' in source) return source
  if ('column' in source) {
    const table = { name: 'this', columns } as TableDefinition
    try {
      return { column: findColumn(table, source.column).id }
    } catch (error) {
      if (!(error instanceof OpsError)) throw error
      throw new OpsError(error.code, error.message, { path: [...path, 'column'] })
    }
  }
  const seen = columns.map(formulaColumn)
  const checked = checkFormula(source.formula, { columns: seen, functions })
  const stored = storedSource(source.formula, seen)
  if (!checked.ok) throw invalidFormula(checked.faults, [...path, 'formula'])
  if (!stored.ok) throw invalidFormula(stored.faults, [...path, 'formula'])
  return { formula: stored.value }
}

function conditionOf(given: unknown, { queryTable, context }: FillSurroundings): Json {
  if (given === null || given === undefined) return null
  const at = ['fill', 'condition']
  const filter = parseFilter(given, at)
  checkFilter(filter, queryTable, context, at)
  return canonicalFilter(filter, queryTable, context) as unknown as Json
}
