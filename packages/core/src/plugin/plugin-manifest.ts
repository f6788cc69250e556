import type { Json } from '../values/json.ts'
import type { Idempotency } from './action-part.ts'
import type { PartCategory } from './column-part.ts'
import type { CredentialMethod } from './credential-method.ts'
import type { CrmObject } from './crm-adapter.ts'
import type { Form } from './form.ts'
import { formOf } from './form-of.ts'
import type { AnyPlugin } from './plugin.ts'
import type { ObjectSchema } from './schema.ts'
import type { ValueType } from './value-type.ts'

interface PartManifest {
  readonly id: string
  readonly name: string
  readonly description: string
}

interface ConfiguredPart extends PartManifest {
  readonly settings: Form
  /** The unit it is paid in, if it costs. */
  readonly costUnit?: string
}

export interface ColumnPartManifest extends ConfiguredPart {
  /** `<plugin>.<id>`: the id of the column type. */
  readonly columnType: string
  readonly category: PartCategory
  readonly inputs: Form
  readonly value: { readonly type: string; readonly settings: Readonly<Record<string, Json>> }
  readonly provider: string
}

export interface SourcePartManifest extends ConfiguredPart {
  readonly columns: readonly { readonly key: string; readonly name: string; readonly type: string }[]
  readonly incremental: boolean
}

export interface ActionPartManifest extends ConfiguredPart {
  readonly inputs: Form
  readonly output: Form
  readonly idempotency: Idempotency
}

/** How to connect. */
export interface MethodManifest {
  readonly kind: CredentialMethod<unknown>['kind']
  readonly label: string
  /** What a person fills in; nothing for OAuth. */
  readonly form: Form
  /** What the vendor is asked for, for OAuth. */
  readonly scopes: readonly string[]
}

/** What a plugin has, as plain data: for palettes, forms and tools. */
export interface PluginManifest {
  readonly id: string
  readonly version: string
  readonly name: string
  readonly description?: string
  readonly docsUrl?: string
  /** Empty if there is nothing to connect. */
  readonly methods: readonly MethodManifest[]
  readonly columnTypes: readonly ColumnPartManifest[]
  readonly sources: readonly SourcePartManifest[]
  readonly actions: readonly ActionPartManifest[]
  readonly webhooks: readonly PartManifest[]
  /** The objects of its CRM adapter, if it has one. */
  readonly crm: readonly CrmObject[]
  /** The functions that it adds to formulas; `formulas.functions` documents them. */
  readonly functions: readonly { readonly name: string; readonly summary: string }[]
}

const noForm: Form = { fields: [] }

export function manifestOf(plugin: AnyPlugin): PluginManifest {
  const { facts, parts, methods, adapter, functions } = plugin
  return {
    id: plugin.id,
    version: plugin.version,
    name: facts.name,
    ...(facts.description === undefined ? {} : { description: facts.description }),
    ...(facts.docsUrl === undefined ? {} : { docsUrl: facts.docsUrl }),
    methods: methods.map((method) => ({
      kind: method.kind,
      label: method.label,
      form: method.kind === 'api-key' ? formOf(method.fields, { secret: true }) : noForm,
      scopes: method.kind === 'oauth2' ? method.scopes : [],
    })),
    columnTypes: Object.values(parts.columnTypes).map((part) => ({
      ...configured(part),
      columnType: `${plugin.id}.${part.id}`,
      category: part.category ?? 'enrich',
      inputs: formOf(part.inputs),
      value: valueTypeOf(part.value),
      provider: part.provider ?? facts.name,
    })),
    sources: Object.values(parts.sources).map((part) => ({
      ...configured(part),
      columns: Object.entries(part.columns).map(([key, { name, type }]) => ({ key, name, type })),
      incremental: part.incremental ?? false,
    })),
    actions: Object.values(parts.actions).map((part) => ({
      ...configured(part),
      inputs: formOf(part.inputs),
      output: formOf(part.output),
      idempotency: part.idempotency,
    })),
    webhooks: Object.values(parts.webhooks).map(described),
    crm: adapter?.objects ?? [],
    functions: functions.map(({ name, summary }) => ({ name, summary })),
  }
}

function described({ id, name, description }: PartManifest): PartManifest {
  return { id, name, description }
}

function configured(
  part: PartManifest & {
    readonly settings?: ObjectSchema
    readonly cost?: { readonly unit: string }
    readonly options?: object
  },
): ConfiguredPart {
  return {
    ...described(part),
    settings:
      part.settings === undefined ? noForm : formOf(part.settings, { dynamic: Object.keys(part.options ?? {}) }),
    ...(part.cost === undefined ? {} : { costUnit: part.cost.unit }),
  }
}

function valueTypeOf(value: ValueType): ColumnPartManifest['value'] {
  return typeof value === 'string'
    ? { type: value, settings: {} }
    : { type: value.type, settings: value.settings ?? {} }
}
