import assert from 'node:assert/strict'
import { isOpsError } from '../../errors/ops-error.ts'
import type { AnyPlugin } from '../../plugin/plugin.ts'
import type { Schema } from '../../plugin/schema.ts'
import { validate } from '../../plugin/validate.ts'
import type { RunningSimulator } from '../simulator/start-simulator.ts'
import { type OpenPlugin, openPlugin, textsIn } from './open-plugin.ts'
import type { PluginTrial } from './plugin-trial.ts'

/** What a check works with: a fresh vendor and the plugin, opened for it. */
export interface CheckBench<State> {
  readonly vendor: RunningSimulator<State>
  readonly plugin: AnyPlugin
  readonly opened: OpenPlugin
  readonly ctx: OpenPlugin['ctx']
  /** Ends all calls. */
  readonly stop: (reason: unknown) => void
  /** Notes an error, to be searched for secrets. */
  readonly caught: (error: unknown) => void
}

/** Runs a check on a fresh vendor, and looks for secrets in all that was told. */
export async function onBench<State>(
  trial: PluginTrial<State>,
  credentialsFor: PluginTrial<State>['credentials'],
  work: (bench: CheckBench<State>) => Promise<void>,
): Promise<void> {
  await using vendor = await trial.start()
  const plugin = trial.plugin(vendor.url)
  const credentials = credentialsFor(vendor.url)
  const stopping = new AbortController()
  const { origin } = new URL(vendor.url)
  const now = (): Date => vendor.clock.date()
  await using opened = openPlugin(plugin, { credentials, allowedOrigins: [origin], signal: stopping.signal, now })
  const errors: string[] = []
  const caught = (error: unknown): void => {
    errors.push(...describe(error))
  }
  const stop = (reason: unknown): void => stopping.abort(reason)
  await within(trial.timeoutMs ?? 60_000, work({ vendor, plugin, opened, ctx: opened.ctx, stop, caught }))
  const told = [...opened.told, ...errors].join('\n')
  for (const secret of textsIn(credentials).filter((text) => text.length >= 8 && !text.startsWith('http'))) {
    for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) {
      assert.ok(!told.includes(form), 'A secret of the credentials stands in the log, in a line or in an error.')
    }
  }
}

/** @throws AssertionError if the work takes longer */
export async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const late = Promise.withResolvers<never>()
  const message = `It goes on after ${ms / 1_000} s.`
  const timer = setTimeout(() => late.reject(new assert.AssertionError({ message })), ms)
  try {
    await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

function describe(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)]
  const own = isOpsError(error) ? JSON.stringify([error.issues, error.path]) : ''
  return [error.stack ?? error.message, own, ...(error.cause === undefined ? [] : describe(error.cause))]
}

/** What a schema makes of a trial's values. @throws AssertionError if they do not fit */
export async function fitting(schema: Schema | undefined, value: unknown, what: string): Promise<unknown> {
  if (schema === undefined) return value ?? {}
  const checked = await validate(schema, value ?? {})
  if (checked.ok) return checked.value
  assert.fail(
    `${what} do not fit: ${checked.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`,
  )
}
