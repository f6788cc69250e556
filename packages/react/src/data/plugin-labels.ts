import { useEffect } from 'react'
import type { OwnKey, Texts } from '../provider/texts.ts'
import type { OpsPlugin } from './client/plugins-calls.ts'
import { useOpsClient } from './data-context.ts'
import { useOpsQuery } from './use-ops-query.ts'
import { pluginsQuery } from './use-plugins.ts'
import { wordedPlugin } from './worded-plugin.ts'

/** What plugins call the inputs of their parts, by the words of the dictionary; those that it does not word are left out. */
export function pluginLabels(plugins: readonly OpsPlugin[], texts: Texts): ReadonlyMap<string, string> {
  const own = (key: OwnKey, english: string) => texts[key] ?? english
  const inputsOf = ({ columnTypes, actions }: OpsPlugin) =>
    [...columnTypes, ...actions].flatMap(({ inputs }) => inputs.fields.map(({ label }) => label))
  const pairs = plugins.flatMap((plugin) => {
    const worded = inputsOf(wordedPlugin(plugin, { own }))
    return inputsOf(plugin).map((label, at) => [label, worded[at] ?? label] as const)
  })
  // Of two plugins that call inputs alike the first one words them.
  return new Map(pairs.filter(([label, worded]) => worded !== label).reverse())
}

export interface PluginLabelsProps {
  readonly texts: Texts | undefined
  /** Gets them anew whenever plugins or texts are others. */
  onLabels(labels: ReadonlyMap<string, string>): void
}

/** Tells what plugins call their inputs once some other part has read the plugins; it does not ask for them. */
export function PluginLabels({ texts, onLabels }: PluginLabelsProps): null {
  const plugins = useOpsQuery({ ...pluginsQuery(useOpsClient()), enabled: false }).data
  useEffect(() => {
    if (plugins !== undefined && texts !== undefined) onLabels(pluginLabels(plugins, texts))
  }, [plugins, texts, onLabels])
  return null
}
