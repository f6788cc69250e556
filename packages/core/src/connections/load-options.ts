import * as z from 'zod'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { nearest } from '../errors/nearest.ts'
import { OpsError } from '../errors/ops-error.ts'
import type { FieldOption, OptionsQuery } from '../plugin/options-loader.ts'
import type { AnyPlugin } from '../plugin/plugin.ts'
import type { PluginContext } from '../plugin/plugin-context.ts'
import type { OrgSession } from '../store/org-session.ts'
import { callPart } from './call-part.ts'
import type { ConnectionEnv } from './connection-env.ts'
import { checkedConnectionId } from './connection-id.ts'
import { findPart } from './find-part.ts'

export interface OptionsInput {
  readonly plugin: string
  readonly kind: 'columnTypes' | 'sources' | 'actions'
  /** Id of the part. */
  readonly part: string
  /** Of the part's settings, one that is `dynamic`. */
  readonly field: string
  /** Left out for plugins that need none. */
  readonly connectionId?: string | undefined
  /** What is filled in so far. @default {} */
  readonly settings?: Readonly<Record<string, unknown>> | undefined
  /** @default '' */
  readonly search?: string | undefined
}

const inputSchema = z.object({
  plugin: z.string().max(60),
  kind: z.enum(['columnTypes', 'sources', 'actions']),
  part: z.string().max(60),
  field: z.string().max(60),
  connectionId: z.string().max(60).optional(),
  settings: z.record(z.string().max(60), z.unknown()).default({}),
  search: z.string().max(200).default(''),
})

const mostOptions = 1_000
const timeoutMs = 20_000

const optionsSchema = z.array(
  z.object({ value: z.string().max(1_000), label: z.string(), description: z.string().optional() }),
)

/** Choices for a field of a form, asked of the vendor. */
export async function loadOptions(
  env: ConnectionEnv,
  session: OrgSession,
  input: OptionsInput,
  options: CallOptions = {},
): Promise<readonly FieldOption[]> {
  const { plugin: pluginId, kind, part: partId, field, connectionId, ...query } = checkInput(inputSchema, input)
  const plugin = env.plugins.get(pluginId)
  const load = loaderOf(plugin, kind, partId, field)
  const part = `options of "${partId}.${field}"`
  const { signal = new AbortController().signal } = options
  const work = async (ctx: PluginContext): Promise<readonly FieldOption[]> => {
    const listed = optionsSchema.safeParse(await load(ctx, query))
    if (listed.success) {
      return listed.data.slice(0, mostOptions).map(({ value, label, description }) => ({
        value,
        label: label.slice(0, 200),
        ...(description === undefined ? {} : { description: description.slice(0, 500) }),
      }))
    }
    throw new OpsError('PLUGIN_FAILED', `Plugin "${plugin.id}", ${part} gave no list of { value, label }.`)
  }
  const connection = connectionId === undefined ? null : checkedConnectionId(connectionId)
  return await callPart(env, session, { plugin, connectionId: connection, part, signal, timeoutMs }, work)
}

type Loader = (ctx: PluginContext, query: OptionsQuery<object>) => Promise<readonly FieldOption[]>

function loaderOf(plugin: AnyPlugin, kind: OptionsInput['kind'], partId: string, field: string): Loader {
  const part: { readonly options?: object } = findPart(plugin, kind, partId)
  const loaders = (part.options ?? {}) as Readonly<Record<string, Loader>>
  const load = Object.hasOwn(loaders, field) ? loaders[field] : undefined
  if (load !== undefined) return load
  throw new OpsError('NOT_FOUND', `"${partId}" has no list for the field.${nearest(field, Object.keys(loaders))}`)
}
