import { errorCodes } from '../errors/error-codes.ts'
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
  if (isOpsError(error)) return isSound(error) && !holdsSecret(error, secrets) ? error : retold(error, where, secrets)
  const cause = error instanceof Error ? error : new Error(thrownText(error))
  const message = toldText(cause.message, secrets).slice(0, 500)
  return new OpsError('PLUGIN_FAILED', `${where} failed: ${message}`, { cause: blanked(cause, secrets) })
}

/** Of a message or a stack, before secrets are looked for in it. */
const longestRead = 20_000

function toldText(text: unknown, secrets: readonly string[]): string {
  return withoutSecrets(String(text).slice(0, longestRead), secrets)
}

/** A vendor that says more is not waited for any longer: a year. */
const longestWaitMs = 366 * 86_400_000

/** Whether an error is as its class has it: plugins compute codes, states and waits from what vendors say. */
function isSound(error: OpsError): boolean {
  if (!Object.hasOwn(errorCodes, error.code) || typeof error.message !== 'string') return false
  if (error.message.length > longestRead) return false
  if (!(error instanceof PluginError)) return true
  return error.status === soundStatus(error) && error.retryAfterMs === soundWait(error)
}

function soundStatus({ status }: PluginError): number | undefined {
  return Number.isInteger(status) && Number(status) >= 100 && Number(status) <= 599 ? status : undefined
}

function soundWait({ retryAfterMs }: PluginError): number | undefined {
  return Number.isFinite(retryAfterMs) ? Math.min(longestWaitMs, Math.max(0, Number(retryAfterMs))) : undefined
}

function thrownText(thrown: unknown): string {
  try {
    return String(thrown)
  } catch {
    return 'It threw something that cannot be shown.'
  }
}

function retold(error: OpsError, where: string, secrets: readonly string[]): OpsError {
  const message = toldText(error.message, secrets)
  if (!Object.hasOwn(errorCodes, error.code)) return new OpsError('PLUGIN_FAILED', `${where} failed: ${message}`)
  if (!(error instanceof PluginError)) return new OpsError(error.code, message)
  const [status, retryAfterMs] = [soundStatus(error), soundWait(error)]
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
  const copy = new Error(toldText(error.message, secrets))
  copy.name = error.name
  copy.stack = toldText(error.stack ?? '', secrets)
  return copy
}
