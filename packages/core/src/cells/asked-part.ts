import type { FillDefinition } from '../catalog/fill-definition.ts'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import { OpsError } from '../errors/ops-error.ts'
import type { AnyColumnPart } from '../plugin/column-part.ts'
import { formOf } from '../plugin/form-of.ts'
import type { AnyPlugin } from '../plugin/plugin.ts'
import type { PluginRegistry } from '../plugin/plugin-registry.ts'
import { validate } from '../plugin/validate.ts'
import { say } from '../sentences/say.ts'
import { columnPart } from '../store/filled/define-fill.ts'

/** The part that fills a column, ready to be asked. */
export interface AskedPart {
  readonly plugin: AnyPlugin
  readonly part: AnyColumnPart
  readonly fill: FillDefinition
  /** As the part's schema reads them. */
  readonly settings: object
  /** What one cell costs, by its declaration. */
  readonly perItem: number
  /** What is counted; null for what costs nothing. */
  readonly unit: string | null
  /** The label of an input. */
  labelOf(key: string): string | undefined
}

/**
 * @throws OpsError `NOT_FOUND` for a plugin or part that is gone; `INVALID_INPUT` for a column that no plugin fills, and
 * for settings that no longer fit
 */
export async function askedPart(
  column: Pick<ColumnDefinition, 'name' | 'fill'>,
  plugins: PluginRegistry,
): Promise<AskedPart> {
  const { fill } = column
  if (fill === null) {
    throw new OpsError('INVALID_INPUT', say('No plugin fills "{column}".', { column: column.name }), {
      path: ['columnId'],
    })
  }
  const { plugin, part } = columnPart(plugins, fill)
  const settings =
    part.settings === undefined ? { ok: true as const, value: {} } : await validate(part.settings, fill.settings)
  if (!settings.ok) {
    const [issue] = settings.issues
    throw new OpsError(
      'INVALID_INPUT',
      say('The settings of "{column}" no longer fit: {reason}.', {
        column: column.name,
        reason: issue?.message ?? 'not valid',
      }),
      {
        path: ['fill', 'settings', ...(issue?.path ?? [])],
      },
    )
  }
  const { cost } = part
  let labels: ReadonlyMap<string, string> | undefined
  const perItem = typeof cost?.perItem === 'function' ? cost.perItem(settings.value) : (cost?.perItem ?? 0)
  return {
    plugin,
    part,
    fill,
    settings: settings.value as object,
    perItem: Number.isFinite(perItem) && perItem > 0 ? perItem : 0,
    unit: cost?.unit ?? null,
    // A form takes long to make, and most windows name no input.
    labelOf: (key) => {
      labels ??= new Map(formOf(part.inputs).fields.map((field) => [field.key, field.label]))
      return labels.get(key)
    },
  }
}
