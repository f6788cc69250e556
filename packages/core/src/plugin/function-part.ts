import { pluginFault } from './plugin-fault.ts'

/**
 * A function that formulas may call, made with `defineFunction` or `defineComposition` of `@opslayer/core/formula`. Its
 * name begins with the plugin's id in capitals: `REOON.SCORE`.
 */
export interface FunctionPart {
  readonly name: string
  /** What it gives, for people. */
  readonly summary: string
  readonly group: string
}

/**
 * Checks what the plugin alone knows; `createOps` tries the function itself.
 *
 * @throws OpsError `PLUGIN_INVALID`
 */
export function checkFunctionName(pluginId: string, others: readonly FunctionPart[], part: FunctionPart): void {
  const name = String((part as Partial<FunctionPart> | null | undefined)?.name).slice(0, 60)
  const where = `Plugin "${pluginId}", formula function "${name}"`
  const prefix = `${pluginId.toUpperCase()}.`
  if (!name.startsWith(prefix))
    throw pluginFault(where, `its name must begin with the plugin's, such as ${prefix}SCORE.`)
  if (others.some((other) => other.name === name))
    throw pluginFault(where, 'there is a function with this name already. Give this one another name.')
}
