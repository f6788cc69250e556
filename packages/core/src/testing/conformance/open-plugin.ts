import { pluginContextFor } from '../../connections/plugin-context-for.ts'
import { layerOutgoing } from '../../http/layer-outgoing.ts'
import { localLimits } from '../../http/local-limits.ts'
import { createRateLimits } from '../../http/rate-limit.ts'
import type { AnyPlugin } from '../../plugin/plugin.ts'
import type { PluginContext, PluginLogger } from '../../plugin/plugin-context.ts'

export interface OpenPluginOptions {
  readonly credentials?: unknown
  /** Origins of simulators, which lie on this machine. @default none */
  readonly allowedOrigins?: readonly string[]
  /** Ends all calls. @default never */
  readonly signal?: AbortSignal
  /** @default () => new Date() */
  readonly now?: () => Date
}

/** A plugin as its functions are called by opslayer, without a database. */
export interface OpenPlugin extends AsyncDisposable {
  /** What each function of a part gets first. */
  readonly ctx: PluginContext
  /** What a host could read of its calls: the rows of the API log and the plugin's own lines, as JSON. */
  readonly told: readonly string[]
}

/**
 * Gives a plugin what opslayer gives it: its limits, retries, headers, log. Limits hold within this process.
 *
 * @example
 * await using opened = openPlugin(reoon({ baseUrl: vendor.url }), { credentials: { key: 'reoon-key' } })
 * const balance = await readBalance(opened.ctx)
 */
export function openPlugin(plugin: AnyPlugin, options: OpenPluginOptions = {}): OpenPlugin {
  const { credentials = {}, allowedOrigins = [], signal = new AbortController().signal } = options
  const { now = () => new Date() } = options
  const told: string[] = []
  const write =
    (level: string) =>
    (message: string, fields: object = {}): void =>
      void told.push(JSON.stringify({ level, message, fields }))
  const logger: PluginLogger = {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  }
  const outgoing = layerOutgoing({
    now,
    allowedOrigins,
    rateLimits: createRateLimits(localLimits(), now),
    log: {
      note: (_, call) => void told.push(JSON.stringify(call)),
      written: async () => {},
      close: async () => {},
    },
  })
  const ctx = pluginContextFor(
    { fetchFor: outgoing.fetchFor, logger, now },
    {
      orgId: 'test',
      plugin,
      connectionId: 'test',
      methodLabel: plugin.methods[0]?.label ?? null,
      usable: { credentials, secrets: textsIn(credentials) },
      signal,
    },
  )
  return { ctx, told, [Symbol.asyncDispose]: () => outgoing.close() }
}

/** All texts within a value. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
