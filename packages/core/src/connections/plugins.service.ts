import * as z from 'zod'
import { checkInput } from '../errors/check-input.ts'
import type { AnyPlugin } from '../plugin/plugin.ts'
import { manifestOf, type PluginManifest } from '../plugin/plugin-manifest.ts'
import type { ListOptions, Page } from '../store/tables.service.ts'
import type { ConnectionEnv } from './connection-env.ts'

const listSchema = z.object({ cursor: z.string().max(60).optional(), limit: z.int().min(1).max(200).default(50) })

/** What the host's plugins have, in the host's order. */
export async function pageOfPlugins(env: ConnectionEnv, query: ListOptions = {}): Promise<Page<PluginManifest>> {
  query.signal?.throwIfAborted()
  const { cursor, limit } = checkInput(listSchema, { cursor: query.cursor, limit: query.limit })
  const all = env.plugins.all()
  const start = cursor === undefined ? 0 : all.findIndex(({ id }) => id === cursor) + 1
  const items = all.slice(start, start + limit).map((plugin) => knownManifest(env, plugin))
  return { items, nextCursor: start + limit < all.length ? (items.at(-1)?.id ?? null) : null }
}

/** Making one reads all schemas of a plugin; plugins do not change. */
function knownManifest({ manifests }: ConnectionEnv, plugin: AnyPlugin): PluginManifest {
  const known = manifests.get(plugin.id) ?? manifestOf(plugin)
  manifests.set(plugin.id, known)
  return known
}
