import type { PluginLogger } from '../plugin/plugin-context.ts'
import { withoutSecrets } from '../secrets/without-secrets.ts'

const longestLine = 10_000

/** A logger that writes who speaks and blanks secrets, wherever in the fields they stand. */
export function blankLogger(
  logger: PluginLogger,
  facts: Readonly<Record<string, string | null>>,
  secrets: readonly string[],
): PluginLogger {
  const write =
    (level: keyof PluginLogger): PluginLogger[typeof level] =>
    (message, fields = {}) => {
      logger[level](withoutSecrets(String(message), secrets).slice(0, longestLine), {
        ...blankFields(fields, secrets),
        ...facts,
      })
    }
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}

function blankFields(fields: object, secrets: readonly string[]): Record<string, unknown> {
  try {
    return JSON.parse(withoutSecrets(JSON.stringify(fields, errorsAsText), secrets).slice(0, longestLine))
  } catch {
    return { fields: 'They could not be written as JSON, or are too long.' }
  }
}

function errorsAsText(_key: string, value: unknown): unknown {
  if (value instanceof Error) return value.stack ?? value.message
  return typeof value === 'bigint' ? String(value) : value
}
