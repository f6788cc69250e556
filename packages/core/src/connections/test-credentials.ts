import * as z from 'zod'
import { OpsError } from '../errors/ops-error.ts'
import type { AnyPlugin, ConnectionTest } from '../plugin/plugin.ts'
import { callPlugin } from './call-plugin.ts'
import type { ConnectionEnv } from './connection-env.ts'
import { type KeptCredentials, usableCredentials } from './credentials.ts'
import { plainText } from './name-schema.ts'
import { hostSecrets, pluginContextFor } from './plugin-context-for.ts'

export const testTimeoutMs = 30_000

const testSchema = z.object({
  account: z.object({ id: z.string().min(1).max(200), name: z.string().optional() }).optional(),
})

/**
 * Tries credentials before they are kept.
 *
 * @throws PluginError `CREDENTIALS_REFUSED` and others, as the plugin's test throws them
 */
export async function testCredentials(
  env: ConnectionEnv,
  orgId: string,
  plugin: AnyPlugin,
  {
    kept,
    methodLabel,
    connectionId,
  }: { readonly kept: KeptCredentials; readonly methodLabel: string; readonly connectionId: string | null },
  given: AbortSignal | undefined,
): Promise<ConnectionTest> {
  const limit = AbortSignal.timeout(testTimeoutMs)
  const signal = given === undefined ? limit : AbortSignal.any([given, limit])
  const usable = await usableCredentials(plugin, kept, methodLabel)
  const ctx = pluginContextFor(env, { orgId, plugin, connectionId, methodLabel, usable, signal })
  const secrets = [...usable.secrets, ...hostSecrets(plugin)]
  const test = plugin.facts.test ?? (async () => ({}))
  return checkTest(plugin, await callPlugin({ where: whereOf(plugin), signal, secrets }, () => test(ctx)))
}

/** @throws OpsError `PLUGIN_FAILED` if a test gives something else than an account */
export function checkTest(plugin: AnyPlugin, result: unknown): ConnectionTest {
  const checked = testSchema.safeParse(result)
  if (!checked.success)
    throw new OpsError('PLUGIN_FAILED', `${whereOf(plugin)} gave no account: { account?: { id, name? } }.`)
  const { account } = checked.data
  if (account === undefined) return {}
  const name = plainText(account.name ?? '', 200)
  return { account: { id: plainText(account.id, 200), ...(name === '' ? {} : { name }) } }
}

function whereOf(plugin: AnyPlugin): string {
  return `Plugin "${plugin.id}", test`
}
