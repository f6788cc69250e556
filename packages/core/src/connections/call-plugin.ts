import { isOpsError, OpsError } from '../errors/ops-error.ts'
import { PluginError } from '../plugin/plugin-error.ts'
import { withoutSecrets } from '../secrets/without-secrets.ts'
import { say } from '../sentences/say.ts'
import { underWay } from './plugins-under-way.ts'

/** A call into a plugin's code. */
export interface PluginCall {
  /** Names what is called in errors: `Plugin "reoon", test`. */
  readonly where: string
  readonly signal: AbortSignal
  readonly secrets: readonly string[]
}

/**
 * Calls a plugin's function, which may throw anything, never settle and say too much: ends with the signal, and lets
 * out errors of ours alone, without secrets.
 *
 * @throws PluginError as the plugin threw it; OpsError `PLUGIN_FAILED` for anything else, `TIMEOUT`; the
 * signal's reason
 */
export async function callPlugin<T>({ where, signal, secrets }: PluginCall, work: () => Promise<T>): Promise<T> {
  if (signal.aborted) throw endedBy(signal, where)
  const aborted = Promise.withResolvers<never>()
  const onAbort = (): void => aborted.reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    // `async` turns what is thrown at once into a rejection as well.
    const ended = () => Promise.race([(async () => await work())(), aborted.promise])
    return await underWay({ where, secrets }, ended)
  } catch (error) {
    if (signal.aborted) throw endedBy(signal, where)
    throw toldError(error, where, secrets)
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

/** Who gave up: the caller, whose reason it gets back, or the time that the call may take. */
function endedBy(signal: AbortSignal, where: string): unknown {
  const isTime = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError'
  return isTime ? new OpsError('TIMEOUT', say('{where} took longer than it may.', { where })) : signal.reason
}

function toldError(error: unknown, where: string, secrets: readonly string[]): OpsError {
  if (isOpsError(error)) return holdsSecret(error, secrets) ? retold(error, secrets) : error
  const cause = error instanceof Error ? error : new Error(thrownText(error))
  const message = withoutSecrets(String(cause.message).slice(0, longestRead), secrets).slice(0, 500)
  return new OpsError('PLUGIN_FAILED', `${where} failed: ${message}`, { cause: blanked(cause, secrets) })
}

/** Of a message or a stack, before secrets are looked for in it. */
const longestRead = 20_000

function thrownText(thrown: unknown): string {
  try {
    return String(thrown)
  } catch {
    return 'It threw something that cannot be shown.'
  }
}

function retold(error: OpsError, secrets: readonly string[]): OpsError {
  const message = withoutSecrets(error.message, secrets)
  if (!(error instanceof PluginError)) return new OpsError(error.code, message)
  const { status, retryAfterMs } = error
  return new PluginError(error.code, message, {
    ...(status === undefined ? {} : { status }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}

function holdsSecret(error: unknown, secrets: readonly string[], depth = 0): boolean {
  if (!(error instanceof Error) || depth > 5) return false
  const text = `${error.message}\n${error.stack ?? ''}`
  return withoutSecrets(text, secrets) !== text || holdsSecret(error.cause, secrets, depth + 1)
}

/** The same error by name and stack; what else hangs on it may hold requests with their headers. */
function blanked(error: Error, secrets: readonly string[]): Error {
  const copy = new Error(withoutSecrets(String(error.message).slice(0, longestRead), secrets))
  copy.name = error.name
  copy.stack = withoutSecrets(String(error.stack ?? '').slice(0, longestRead), secrets)
  return copy
}
