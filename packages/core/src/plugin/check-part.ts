import { nearest } from '../errors/nearest.ts'
import { isOpsError } from '../errors/ops-error.ts'
import { builtInColumnTypes } from '../values/built-in-types.ts'
import type { AnyActionPart } from './action-part.ts'
import type { AnyColumnPart } from './column-part.ts'
import type { Form } from './form.ts'
import { formOf } from './form-of.ts'
import { actionShape, columnShape, sourceShape, webhookShape } from './part-shapes.ts'
import type { PluginParts } from './plugin.ts'
import { checkShape, faultAt, pluginFault } from './plugin-fault.ts'
import type { ObjectSchema } from './schema.ts'
import type { AnySourcePart } from './source-part.ts'
import type { ValueType } from './value-type.ts'

const kinds = {
  columnTypes: { word: 'column', shape: columnShape },
  sources: { word: 'source', shape: sourceShape },
  actions: { word: 'action', shape: actionShape },
  webhooks: { word: 'webhook', shape: webhookShape },
} as const

/**
 * Checks a part as it is added, so that a mistake is told where it was made and not in a run.
 *
 * @throws OpsError `PLUGIN_INVALID`
 */
export function checkPart(
  plugin: { readonly id: string; readonly parts: PluginParts },
  kind: keyof PluginParts,
  part: { readonly id: string },
): void {
  const { word, shape } = kinds[kind]
  const where = `Plugin "${plugin.id}", ${word} "${String((part as Partial<typeof part> | undefined)?.id).slice(0, 60)}"`
  checkShape(where, shape, part)
  if (Object.hasOwn(plugin.parts[kind], part.id))
    throw pluginFault(where, `there is a ${word} with this id already. Give this one another id.`)
  if (kind === 'columnTypes') checkColumn(where, part as AnyColumnPart)
  if (kind === 'sources') checkSource(where, part as AnySourcePart)
  if (kind === 'actions') checkAction(where, part as AnyActionPart)
}

function checkColumn(where: string, part: AnyColumnPart): void {
  checkSchema(where, 'inputs', part.inputs)
  checkSettings(where, part)
  checkValueType(where, 'value', part.value)
}

function checkSource(where: string, part: AnySourcePart): void {
  checkSchema(where, 'record', part.record)
  checkSettings(where, part)
  for (const [key, { type, settings }] of Object.entries(part.columns))
    checkValueType(where, `columns.${key}`, settings === undefined ? type : { type, settings })
}

function checkAction(where: string, part: AnyActionPart): void {
  checkSchema(where, 'inputs', part.inputs)
  checkSchema(where, 'output', part.output)
  checkSettings(where, part)
}

function checkSettings(where: string, part: { readonly settings?: ObjectSchema; readonly options?: object }): void {
  const asked = Object.keys(part.options ?? {})
  const form = part.settings === undefined ? { fields: [] } : checkSchema(where, 'settings', part.settings)
  const names = form.fields.map(({ key }) => key)
  for (const name of asked) {
    if (!names.includes(name))
      throw pluginFault(where, `"options.${name}" is for no field of its settings.${nearest(name, names)}`)
  }
}

/** @throws OpsError `PLUGIN_INVALID` if no form can be made of the schema */
export function checkSchema(where: string, member: string, schema: ObjectSchema): Form {
  return faultAt(where, `"${member}" cannot be used`, () => formOf(schema))
}

function checkValueType(where: string, member: string, value: ValueType): void {
  if (typeof value === 'string') return
  const { type, settings = {} } = value
  try {
    builtInColumnTypes[type].settings.parse(settings)
  } catch (error) {
    const reason = isOpsError(error) || !(error instanceof Error) ? String(error) : firstLine(error)
    throw pluginFault(where, `"${member}.settings" do not fit the column type "${type}": ${reason}.`, error)
  }
}

function firstLine(error: Error & { readonly issues?: readonly { readonly message: string }[] }): string {
  return error.issues?.[0]?.message ?? error.message.split('\n', 1)[0] ?? ''
}
