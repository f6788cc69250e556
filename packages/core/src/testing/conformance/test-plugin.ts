import assert from 'node:assert/strict'
import { isOpsError } from '../../errors/ops-error.ts'
import type { AnyPlugin } from '../../plugin/plugin.ts'
import { actionChecks } from './action-checks.ts'
import { onBench } from './check-bench.ts'
import { columnChecks } from './column-checks.ts'
import { engineChecks } from './engine-checks.ts'
import { functionChecks } from './function-checks.ts'
import type { PluginCheck, PluginTrial } from './plugin-trial.ts'
import { sourceChecks } from './source-checks.ts'
import { webhookChecks } from './webhook-checks.ts'

/**
 * What must hold of a plugin, as checks that any test runner can run: each on a fresh vendor, over real HTTP.
 *
 * Every part is tried in calm and under throttling, failures, cut connections, broken and changed answers; its signal
 * is aborted; and nothing that a host could read may hold a secret. Then every part is run by a real opslayer on an embedded
 * database, whose process ends at calls of the vendor and at round trips to the database, before and after what happens there:
 * another one takes over, and nothing is lost or doubled. `trial.ends` says at how many. So do the process that starts a run and the
 * one that receives a webhook, at their commits.
 *
 * A process that ends lets nothing more out, but shares this Node process with the others: what a plugin keeps in variables of its
 * modules outlives it here, and requests and answers are never cut in their middle by an end. Keep nothing in modules; the
 * simulator's faults cut and truncate.
 *
 * @throws AssertionError if a part has no trial, or a trial does not fit its part
 *
 * @example
 * for (const check of await pluginChecks(trial)) it(check.name, check.run)
 */
export async function pluginChecks<State>(trial: PluginTrial<State>): Promise<readonly PluginCheck[]> {
  const plugin = trial.plugin('http://127.0.0.1')
  const { columnTypes, sources, actions, webhooks } = plugin.parts
  const checks: PluginCheck[] = [...connectionChecks(trial, plugin)]
  for (const [part, column] of paired('column', columnTypes, trial.columns)) {
    for (const each of column) checks.push(...(await columnChecks(trial, part, each)))
  }
  for (const [part, source] of paired('source', sources, trial.sources)) {
    for (const each of source) checks.push(...(await sourceChecks(trial, part, each)))
  }
  for (const [part, action] of paired('action', actions, trial.actions)) {
    for (const each of action) checks.push(...(await actionChecks(trial, part, each)))
  }
  for (const [part, webhook] of paired('webhook', webhooks, trial.webhooks)) {
    checks.push(...webhookChecks(trial, part, webhook))
  }
  return [...checks, ...functionChecks(plugin.functions), ...engineChecks(trial, plugin)]
}

/**
 * Runs all {@link pluginChecks}, one after the other.
 *
 * @throws AggregateError with what does not hold
 */
export async function testPlugin<State>(trial: PluginTrial<State>): Promise<void> {
  const faults: Error[] = []
  for (const { name, run } of await pluginChecks(trial)) {
    await run().catch((error: unknown) => faults.push(new Error(`${name}: ${String(error)}`, { cause: error })))
  }
  if (faults.length > 0) {
    throw new AggregateError(
      faults,
      `${faults.length} checks do not hold:\n${faults.map(({ message }) => message).join('\n')}`,
    )
  }
}

function connectionChecks<State>(trial: PluginTrial<State>, plugin: AnyPlugin): readonly PluginCheck[] {
  const { test } = plugin.facts
  if (test === undefined) return []
  const good: PluginCheck = {
    name: 'connection: good credentials are taken',
    run: () => onBench(trial, trial.credentials, async ({ plugin: own, ctx }) => void (await own.facts.test?.(ctx))),
  }
  const { refusedCredentials } = trial
  if (refusedCredentials === undefined) return [good]
  return [
    good,
    {
      name: 'connection: credentials that the vendor refuses are told as such',
      run: () =>
        onBench(trial, refusedCredentials, async ({ plugin: own, ctx, caught }) => {
          const error = await own.facts.test?.(ctx).then(
            () => undefined,
            (refusal: unknown) => refusal,
          )
          caught(error)
          assert.ok(isOpsError(error, 'CREDENTIALS_REFUSED'), `It ended with ${String(error)}.`)
        }),
    },
  ]
}

function paired<Part, Trial>(
  kind: string,
  parts: Readonly<Record<string, Part>>,
  trials: Readonly<Record<string, Trial>> = {},
): readonly (readonly [Part, Trial])[] {
  for (const id of Object.keys(trials)) assert.ok(Object.hasOwn(parts, id), `The plugin has no ${kind} "${id}".`)
  return Object.entries(parts).map(([id, part]) => {
    const trial = Object.hasOwn(trials, id) ? trials[id] : undefined
    assert.ok(trial !== undefined, `There is no trial for the ${kind} "${id}".`)
    return [part, trial] as const
  })
}
