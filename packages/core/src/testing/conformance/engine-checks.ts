import type { AnyPlugin } from '../../plugin/plugin.ts'
import { actionRunOf } from './action-ends.ts'
import { columnRunOf } from './column-ends.ts'
import { deliveryCheck } from './delivery-check.ts'
import { type EnduredRun, endureEnds } from './endure-ends.ts'
import { endureReceipt } from './endure-receipt.ts'
import { endureStart } from './endure-start.ts'
import { inEngineRoom } from './engine-bench.ts'
import type { PluginCheck, PluginTrial, WebhookTrial } from './plugin-trial.ts'
import { sourceRunOf } from './source-ends.ts'

/** Enough to meet each kind of place in runs of this size, in seconds. */
const defaultEnds = { calls: 4, roundTrips: 4 }

/** What must hold of the parts of a plugin as opslayer itself runs them. */
export function engineChecks<State>(trial: PluginTrial<State>, plugin: AnyPlugin): readonly PluginCheck[] {
  const { columnTypes, sources, actions, webhooks } = plugin.parts
  const checks: PluginCheck[] = []
  for (const [id, part] of Object.entries(columnTypes)) {
    for (const each of trial.columns?.[id] ?? [])
      checks.push(...endsChecks(trial, `column ${id}`, columnRunOf(part, each)))
  }
  for (const id of Object.keys(sources)) {
    for (const each of trial.sources?.[id] ?? [])
      checks.push(...endsChecks(trial, `source ${id}`, sourceRunOf(id, each)))
  }
  for (const [id, part] of Object.entries(actions)) {
    for (const each of trial.actions?.[id] ?? [])
      checks.push(...endsChecks(trial, `action ${id}`, actionRunOf(part, each)))
  }
  for (const [id, part] of Object.entries(webhooks)) {
    const each = trial.webhooks?.[id]
    const isOfApp = part.byAccount !== undefined
    if (each !== undefined && !isOfApp && plugin.methods.length > 0) {
      checks.push(deliveryCheck(trial, id, each), receiptCheck(trial, id, each))
    }
  }
  return checks
}

function endsChecks<State, Seen>(
  trial: PluginTrial<State>,
  title: string,
  endured: EnduredRun<State, Seen>,
): readonly PluginCheck[] {
  const ends = { ...defaultEnds, ...trial.ends }
  return [
    {
      name: `${title}: nothing is lost or doubled though the process ends at its calls and at its round trips to the database`,
      run: () => inEngineRoom(trial, (room) => endureEnds(room, title, ends, endured)),
    },
    {
      name: `${title}: nothing is lost, doubled or put aside for good though the process ends while it starts the run`,
      run: () => inEngineRoom(trial, (room) => endureStart(room, title, ends, endured)),
    },
  ]
}

function receiptCheck<State>(
  trial: PluginTrial<State>,
  webhook: string,
  { message, others = [] }: WebhookTrial,
): PluginCheck {
  const { sources = {} } = trial
  const ends = { ...defaultEnds, ...trial.ends }
  return {
    name: `webhook ${webhook}: nothing is lost or doubled though the process that receives it ends`,
    run: () =>
      inEngineRoom(trial, (room) => endureReceipt(room, ends, { sources, webhook, messages: [message, ...others] })),
  }
}
