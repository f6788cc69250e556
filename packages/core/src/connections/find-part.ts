import { nearest } from '../errors/nearest.ts'
import { OpsError } from '../errors/ops-error.ts'
import type { AnyPlugin, PluginParts } from '../plugin/plugin.ts'
import type { ObjectSchema, OutputOf } from '../plugin/schema.ts'
import { validate } from '../plugin/validate.ts'

const words = { columnTypes: 'column', sources: 'source', actions: 'action', webhooks: 'webhook' } as const

/** @throws OpsError `NOT_FOUND` naming the parts there are */
export function findPart<Kind extends keyof PluginParts>(
  plugin: AnyPlugin,
  kind: Kind,
  partId: string,
): PluginParts[Kind][string] {
  const parts = plugin.parts[kind] as Readonly<Record<string, PluginParts[Kind][string]>>
  const part = Object.hasOwn(parts, partId) ? parts[partId] : undefined
  if (part !== undefined) return part
  const near = nearest(partId, Object.keys(parts))
  throw new OpsError('NOT_FOUND', `Plugin "${plugin.id}" has no ${words[kind]} "${partId.slice(0, 60)}".${near}`, {
    path: ['part'],
  })
}

/**
 * Settings as the part takes them, with its defaults.
 *
 * @throws OpsError `INVALID_INPUT` with the messages of the part's schema
 */
export async function checkedSettings<Settings extends ObjectSchema>(
  plugin: AnyPlugin,
  part: { readonly name: string; readonly settings?: Settings },
  settings: unknown,
): Promise<OutputOf<Settings> | Record<string, never>> {
  if (part.settings === undefined) return {}
  const checked = await validate(part.settings, settings)
  if (checked.ok) return checked.value
  const issues = checked.issues.map(({ message, path }) => ({
    code: 'INVALID_INPUT' as const,
    message,
    path: ['settings', ...path],
  }))
  const told = issues[0] === undefined ? '' : `: ${issues[0].path.slice(1).join('.')} ${issues[0].message}`
  throw new OpsError(
    'INVALID_INPUT',
    `The settings are not what "${part.name}" of ${plugin.id} ${plugin.version} takes${told}`.slice(0, 500),
    { path: issues[0]?.path ?? ['settings'], issues },
  )
}
