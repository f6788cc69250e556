import type { AnyPlugin } from '../../plugin/plugin.ts'
import { actionRunOf } from './action-ends.ts'
import { columnRunOf } from './column-ends.ts'
import { deliveryCheck } from './delivery-check.ts'
import { type EnduredRun, endureEnds } from './endure-ends.ts'
import { inEngineRoom } from './engine-bench.ts'
import type { PluginCheck, PluginTrial } from './plugin-trial.ts'
import { sourceRunOf } from './source-ends.ts'

/** Enough to meet each kind of place in runs of this size, in seconds. */
const defaultEnds = { calls: 4, roundTrips: 4 }

/** What must hold of the parts of a plugin as opslayer itself runs them. */
export function engineChecks<State>(trial: PluginTrial<State>, plugin: AnyPlugin): readonly PluginCheck[] {
  const { columnTypes, sources, actions, webhooks } = plugin.parts
  const checks: PluginCheck[] = []
  for (const [id, part] of Object.entries(columnTypes)) {
    for (const each of trial.columns?.[id] ?? []) checks.push(endsCheck(trial, `column ${id}`, columnRunOf(part, each)))
  }
  for (const id of Object.keys(sources)) {
    for (const each of trial.sources?.[id] ?? []) checks.push(endsCheck(trial, `source ${id}`, sourceRunOf(id, each)))
  }
  for (const [id, part] of Object.entries(actions)) {
    for (const each of trial.actions?.[id] ?? []) checks.push(endsCheck(trial, `action ${id}`, actionRunOf(part, each)))
  }
  for (const [id, part] of Object.entries(webhooks)) {
    const each = trial.webhooks?.[id]
    const isOfApp = part.byAccount !== undefined
    if (each !== undefined && !isOfApp && plugin.methods.length > 0) checks.push(deliveryCheck(trial, id, each))
  }
  return checks
}

function endsCheck<State, Seen>(
  trial: PluginTrial<State>,
  title: string,
  endured: EnduredRun<State, Seen>,
): PluginCheck {
  return {
    name: `${title}: nothing is lost or doubled though the process ends at its calls and at its round trips to the database`,
    run: () => inEngineRoom(trial, (room) => endureEnds(room, title, { ...defaultEnds, ...trial.ends }, endured)),
  }
}
