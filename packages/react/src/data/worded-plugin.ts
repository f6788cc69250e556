import type { Form, FormField } from '@opslayer/core/plugin'
import type { OwnKey } from '../provider/texts.ts'
import type { Translate } from '../provider/translator.ts'
import type { OpsPlugin } from './client/plugins-calls.ts'

/**
 * A plugin in the words of the host's dictionary: `plugin.acme.name`, of its parts `plugin.acme.find_email.name`, of their
 * fields `plugin.acme.find_email.country`, and of what one fills in to connect `plugin.acme.connect.key`.
 */
export function wordedPlugin(plugin: OpsPlugin, { own }: Pick<Translate, 'own'>): OpsPlugin {
  const at: OwnKey = `plugin.${plugin.id}`
  const named = <Part extends { readonly name: string; readonly description: string }>(
    part: Part,
    key: OwnKey,
  ): Part => ({
    ...part,
    name: own(`${key}.name`, part.name),
    description: own(`${key}.description`, part.description),
  })
  return {
    ...plugin,
    name: own(`${at}.name`, plugin.name),
    ...(plugin.description !== undefined && { description: own(`${at}.description`, plugin.description) }),
    methods: plugin.methods.map((method) => ({ ...method, form: wordedForm(method.form, `${at}.connect`, own) })),
    columnTypes: plugin.columnTypes.map((part) => {
      const key: OwnKey = `${at}.${part.id}`
      return {
        ...named(part, key),
        settings: wordedForm(part.settings, key, own),
        inputs: wordedForm(part.inputs, key, own),
      }
    }),
    sources: plugin.sources.map((part) => {
      const key: OwnKey = `${at}.${part.id}`
      return { ...named(part, key), settings: wordedForm(part.settings, key, own) }
    }),
    actions: plugin.actions.map((part) => {
      const key: OwnKey = `${at}.${part.id}`
      return {
        ...named(part, key),
        settings: wordedForm(part.settings, key, own),
        inputs: wordedForm(part.inputs, key, own),
        output: wordedForm(part.output, key, own),
      }
    }),
  }
}

function wordedForm({ fields }: Form, at: OwnKey, own: Translate['own']): Form {
  return { fields: fields.map((field) => wordedField(field, `${at}.${field.key}`, own)) }
}

function wordedField(field: FormField, key: OwnKey, own: Translate['own']): FormField {
  const worded = {
    ...field,
    label: own(key, field.label),
    ...(field.help !== undefined && { help: own(`${key}.help`, field.help) }),
    ...(field.placeholder !== undefined && { placeholder: own(`${key}.placeholder`, field.placeholder) }),
  }
  if (worded.kind === 'group') return { ...worded, fields: wordedForm(worded, key, own).fields }
  if (!('choices' in worded) || worded.choices === undefined) return worded
  return {
    ...worded,
    choices: worded.choices.map(({ value, label }) => ({ value, label: own(`${key}.${value}`, label) })),
  }
}
