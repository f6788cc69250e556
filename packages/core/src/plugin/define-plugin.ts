import { checkPart } from './check-part.ts'
import { checkPlugin } from './check-plugin.ts'
import type { AnyCredentialMethod, CredentialMethods, CredentialsOf } from './credential-method.ts'
import type { CrmAdapter } from './crm-adapter.ts'
import { checkFunctionName, type FunctionPart } from './function-part.ts'
import { adapterShape } from './part-shapes.ts'
import type { NoParts, Plugin, PluginContent, PluginFacts, PluginParts } from './plugin.ts'
import { checkShape, pluginFault } from './plugin-fault.ts'

/**
 * Begins a plugin: what it is and how it connects. Its parts follow, and everything in them is inferred from schemas.
 *
 * @throws OpsError `PLUGIN_INVALID`, naming the plugin and what is wrong with it
 *
 * @example
 * export const reoon = definePlugin({
 *   id: 'reoon', version: '1.0.0', name: 'Reoon',
 *   credentials: apiKey({ fields: z.object({ key: z.string().min(1) }) }),
 *   baseUrl: 'https://emailverifier.reoon.com/api/v1',
 *   rateLimits: [{ maxInFlight: 5 }],
 *   test: async (ctx) => checkBalance(ctx),
 * }).columnType({ id: 'verification', … })
 */
export function definePlugin<const Id extends string, const Methods extends CredentialMethods = undefined>(
  definition: PluginFacts<Id, CredentialsOf<Methods>> & { readonly credentials?: Methods },
): Plugin<Id, CredentialsOf<Methods>, NoParts> {
  const { credentials, ...facts } = definition
  const methods = methodsOf(credentials)
  checkPlugin(facts, methods)
  const noParts: NoParts = { columnTypes: {}, sources: {}, actions: {}, webhooks: {} }
  return pluginOf({ facts, methods, parts: noParts, adapter: undefined, functions: [] })
}

function methodsOf(credentials: CredentialMethods): readonly AnyCredentialMethod[] {
  if (credentials === undefined) return []
  return Array.isArray(credentials) ? credentials : [credentials as AnyCredentialMethod]
}

type Content<Id extends string, Credentials, Parts extends PluginParts> = Omit<
  PluginContent<Id, Credentials, Parts>,
  'id' | 'version'
>

function pluginOf<Id extends string, Credentials, Parts extends PluginParts>(
  content: Content<Id, Credentials, Parts>,
): Plugin<Id, Credentials, Parts> {
  const { facts, parts, adapter, functions } = content
  const withPart = (kind: keyof PluginParts, part: { readonly id: string }) => {
    checkPart({ id: facts.id, parts }, kind, part)
    return pluginOf({
      ...content,
      parts: { ...parts, [kind]: { ...parts[kind], [part.id]: Object.freeze({ ...part }) } },
    })
  }
  const plugin = {
    ...content,
    id: facts.id,
    version: facts.version,
    columnType: (part: { readonly id: string }) => withPart('columnTypes', part),
    source: (part: { readonly id: string }) => withPart('sources', part),
    action: (part: { readonly id: string }) => withPart('actions', part),
    webhook: (part: { readonly id: string }) => withPart('webhooks', part),
    crm: (given: CrmAdapter<Credentials>) => {
      const where = `Plugin "${facts.id}", CRM adapter`
      checkShape(where, adapterShape, given)
      if (adapter !== undefined) throw pluginFault(where, 'there is one already, and a plugin has one.')
      return pluginOf({ ...content, adapter: given })
    },
    formulaFunction: (part: FunctionPart) => {
      checkFunctionName(facts.id, functions, part)
      return pluginOf({ ...content, functions: [...functions, part] })
    },
  }
  return Object.freeze(plugin) as unknown as Plugin<Id, Credentials, Parts>
}
