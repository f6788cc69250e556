import { nearest } from '../errors/nearest.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import type { AnyPlugin } from './plugin.ts'
import { pluginFault } from './plugin-fault.ts'

/** The plugins of a host. */
export interface PluginRegistry {
  /** @throws OpsError `NOT_FOUND` naming the plugins there are */
  get(id: string): AnyPlugin
  find(id: string): AnyPlugin | undefined
  /** In the order of the host. */
  all(): readonly AnyPlugin[]
}

/** @throws OpsError `PLUGIN_INVALID` if two plugins have one id, or something is none */
export function createPluginRegistry(plugins: readonly AnyPlugin[]): PluginRegistry {
  const byId = new Map<string, AnyPlugin>()
  for (const [index, plugin] of plugins.entries()) {
    if (typeof (plugin as Partial<AnyPlugin> | undefined)?.facts !== 'object')
      throw pluginFault(`plugins[${index}]`, 'it is no plugin. Make it with definePlugin(…), and call its factory.')
    const twin = byId.get(plugin.id)
    if (twin !== undefined) {
      throw pluginFault(
        `Plugin "${plugin.id}"`,
        `it is given twice, in version ${twin.version} and ${plugin.version}. Leave one out.`,
      )
    }
    byId.set(plugin.id, plugin)
  }
  return {
    get: (id) => {
      const plugin = byId.get(id)
      if (plugin !== undefined) return plugin
      throw new OpsError(
        'NOT_FOUND',
        say('There is no plugin "{id}".{~hint}', { id: id.slice(0, 60), hint: nearest(id, [...byId.keys()]) }),
      )
    },
    find: (id) => byId.get(id),
    all: () => [...byId.values()],
  }
}
