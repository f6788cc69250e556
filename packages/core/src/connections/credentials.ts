import * as z from 'zod'
import { OpsError } from '../errors/ops-error.ts'
import type { AnyCredentialMethod, OAuth2Method } from '../plugin/credential-method.ts'
import { formOf } from '../plugin/form-of.ts'
import type { AnyPlugin } from '../plugin/plugin.ts'
import { PluginError } from '../plugin/plugin-error.ts'
import { validate } from '../plugin/validate.ts'
import { say } from '../sentences/say.ts'
import type { TokenAnswer } from './oauth/token-answer.ts'

/** What is kept, encrypted: what a person typed, or what the vendor's token endpoint answered. */
export type KeptCredentials =
  | { readonly kind: 'api-key'; readonly typed: Readonly<Record<string, unknown>> }
  | { readonly kind: 'oauth2'; readonly token: TokenAnswer }

/** Credentials as a plugin gets them. */
export interface UsableCredentials {
  readonly credentials: unknown
  /** Every text in them, so that it can be kept out of logs and errors. */
  readonly secrets: readonly string[]
}

const bounds = z.record(z.string().max(60), z.union([z.string().max(20_000), z.number(), z.boolean()]))

/**
 * A plugin's method by its label; the only one where none is named.
 *
 * @throws OpsError `INVALID_INPUT` naming the labels there are
 */
export function methodOf<Kind extends AnyCredentialMethod['kind']>(
  plugin: AnyPlugin,
  kind: Kind,
  label: string | undefined,
): Extract<AnyCredentialMethod, { readonly kind: Kind }> {
  const methods = plugin.methods.filter(
    (method): method is Extract<AnyCredentialMethod, { readonly kind: Kind }> => method.kind === kind,
  )
  const method = label === undefined ? methods[0] : methods.find((one) => one.label === label)
  if (method !== undefined) return method
  const there = plugin.methods.map((one) => `"${one.label}"`).join(', ')
  throw new OpsError(
    'INVALID_INPUT',
    there === ''
      ? say('Plugin "{plugin}" has nothing to connect.', { plugin: plugin.id })
      : `Plugin "${plugin.id}" does not connect like that; it connects by ${there}.`,
    { path: ['method'] },
  )
}

/** @throws OpsError `INVALID_INPUT` with the messages of the plugin's schema, quoting nothing that was typed */
export async function checkTyped(
  plugin: AnyPlugin,
  method: Extract<AnyCredentialMethod, { readonly kind: 'api-key' }>,
  typed: unknown,
): Promise<KeptCredentials> {
  const bounded = bounds.safeParse(typed)
  const checked = bounded.success ? await validate(method.fields, bounded.data) : undefined
  if (bounded.success && checked?.ok === true) return { kind: 'api-key', typed: bounded.data }
  const labels = new Map(formOf(method.fields).fields.map(({ key, label }) => [key, label]))
  const issues = (checked?.ok === false ? checked.issues : []).map(({ path }) => {
    const label = labels.get(String(path[0])) ?? String(path[0] ?? 'Something')
    // A schema's own message may quote the value.
    return {
      code: 'INVALID_INPUT' as const,
      message: say('{field} is missing or not as {plugin} gives it out.', { field: label, plugin: plugin.facts.name }),
      path: ['credentials', ...path],
    }
  })
  throw new OpsError('INVALID_INPUT', issues[0]?.message ?? 'Credentials are texts, numbers and yes or no, by field.', {
    path: issues[0]?.path ?? ['credentials'],
    issues,
  })
}

/**
 * What is kept, read by the plugin as it is now.
 *
 * @throws PluginError `CREDENTIALS_REFUSED` if a newer version of the plugin wants others
 */
export async function usableCredentials(
  plugin: AnyPlugin,
  kept: KeptCredentials,
  label: string,
): Promise<UsableCredentials> {
  if (kept.kind === 'api-key') {
    const method = plugin.methods.find((one) => one.kind === 'api-key' && one.label === label)
    const checked = method?.kind === 'api-key' ? await validate(method.fields, kept.typed) : undefined
    if (checked?.ok !== true) throw outgrown(plugin)
    return { credentials: checked.value, secrets: textsIn([kept.typed, checked.value]) }
  }
  const method = plugin.methods.find((one) => one.kind === 'oauth2' && one.label === label)
  if (method?.kind !== 'oauth2') throw outgrown(plugin)
  const secrets = [kept.token.access_token, kept.token.refresh_token].filter((text) => text !== undefined)
  return { credentials: await oauthCredentials(plugin, method, kept.token), secrets }
}

async function oauthCredentials(
  plugin: AnyPlugin,
  { tokenFields }: OAuth2Method<unknown>,
  token: TokenAnswer,
): Promise<unknown> {
  const accessToken = token.access_token
  if (tokenFields === undefined) return { accessToken }
  const fields = await validate(tokenFields, token)
  if (!fields.ok) throw outgrown(plugin)
  return { ...fields.value, accessToken }
}

function outgrown(plugin: AnyPlugin): PluginError {
  return new PluginError(
    'CREDENTIALS_REFUSED',
    say('The credentials are not what version {version} of plugin "{plugin}" wants. Reconnect.', {
      version: plugin.version,
      plugin: plugin.id,
    }),
  )
}

/** The end of the first secret, where enough of it stays hidden. */
export function hintOf(method: AnyCredentialMethod, kept: KeptCredentials): string | null {
  if (kept.kind !== 'api-key' || method.kind !== 'api-key') return null
  const field = formOf(method.fields, { secret: true }).fields.find(({ secret }) => secret === true)
  const value = field === undefined ? undefined : kept.typed[field.key]
  return typeof value === 'string' && value.length >= 12 ? `…${value.slice(-4)}` : null
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return [...new Set(Object.values(value).flatMap(textsIn))]
}
