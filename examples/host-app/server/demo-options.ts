import { resolve } from 'node:path'
import { OpsError } from '@opslayer/core'

/** What the command line and the environment say. */
export interface DemoOptions {
  /** Where to listen; the next free one if it is taken. 0 for any. */
  readonly port: number
  /** Where the embedded database keeps its files. */
  readonly directory: string
  /** Connection string of a server, in place of the embedded database. */
  readonly databaseUrl: string | undefined
  /** Share of the full workspace that is made, 0 to 1. */
  readonly scale: number
  /** Whether the page is served from its sources. */
  readonly isDev: boolean
  /** Whether to begin with a fresh workspace. */
  readonly isReset: boolean
}

interface Arguments {
  readonly port?: string | undefined
  readonly directory?: string | undefined
  readonly scale?: string | undefined
  readonly dev?: boolean | undefined
  readonly reset?: boolean | undefined
}

/** @throws OpsError `INVALID_INPUT` */
export function readOptions(given: Arguments, env: Readonly<Record<string, string | undefined>>): DemoOptions {
  return {
    port: numberOf('--port', given.port ?? '4680', 65_535),
    directory: resolve(given.directory ?? '.demo/database'),
    databaseUrl: env.DATABASE_URL || undefined,
    scale: numberOf('--scale', given.scale ?? '1', 1),
    isDev: given.dev ?? false,
    isReset: given.reset ?? false,
  }
}

function numberOf(name: string, text: string, max: number): number {
  const number = Number(text)
  if (text.trim() === '' || !(number >= 0 && number <= max))
    throw new OpsError('INVALID_INPUT', `${name} is a number from 0 to ${max}, not “${text}”.`)
  return number
}
