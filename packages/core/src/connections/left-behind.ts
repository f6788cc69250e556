import type { PluginLogger } from '../plugin/plugin-context.ts'
import { withoutSecrets } from '../secrets/without-secrets.ts'
import { presentCall } from './plugins-under-way.ts'

type RejectionListener = (reason: unknown) => void

/** Listeners of this kind, of all who are open in the process. */
const ours = new WeakSet<object>()

/**
 * Keeps promises that plugins leave behind and that are rejected later from ending the process, as Node would have it: they
 * are told to the logger in the plugin's name. What others leave behind is left to the host: to its own listeners, else it ends the
 * process as it would without us.
 *
 * A timer of a plugin that throws ends the process as well, unless the host catches it: nobody knows what state it leaves behind. Then
 * the logger is told whose timer it was.
 *
 * @returns what stops it
 */
export function catchLeftBehind(logger: PluginLogger): () => void {
  const onRejection: RejectionListener = (reason) => {
    const call = presentCall()
    if (call !== undefined) {
      const text = withoutSecrets(textOf(reason), call.secrets).slice(0, 500)
      logger.error(`${call.where} left a promise behind that was rejected: ${text}`)
      return
    }
    if (process.listeners('unhandledRejection').every((listener) => ours.has(listener))) throw reason
  }
  const onThrown = (thrown: unknown): void => {
    const call = presentCall()
    if (call === undefined) return
    const text = withoutSecrets(textOf(thrown), call.secrets).slice(0, 500)
    logger.error(`${call.where} threw in a timer or callback that it left behind, which ends the process: ${text}`)
  }
  ours.add(onRejection)
  process.on('unhandledRejection', onRejection)
  process.on('uncaughtExceptionMonitor', onThrown)
  return () => {
    process.off('unhandledRejection', onRejection)
    process.off('uncaughtExceptionMonitor', onThrown)
  }
}

function textOf(reason: unknown): string {
  try {
    return reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason)
  } catch {
    return 'something that cannot be shown'
  }
}
