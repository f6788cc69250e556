import { createOps, embedded, isOpsError, type Ops } from '@opslayer/core'
import { Command, CommanderError } from 'commander'
import { doctorCommand } from './doctor.ts'
import { exportCommand } from './export.ts'
import { importCommand } from './import.ts'
import { initCommand } from './init.ts'
import { keysCommand } from './keys.ts'
import { migrateCommand } from './migrate.ts'
import { createOutput, type Output } from './output.ts'
import { pluginCommand } from './plugin.ts'
import { sqlViewCommand } from './sql-view.ts'
import { statusCommand } from './status.ts'
import { tablesCommand } from './tables.ts'
import { workerCommand } from './worker.ts'

/** What every command works with. */
export interface CliTools {
  /** Opens the database that the options name, and closes it after the work. */
  withOps<T>(work: (ops: Ops) => Promise<T>): Promise<T>
  readonly output: Output
  /** A failed check: the command ends with exit code 1. */
  fail(): void
}

export interface CliSettings {
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Where printed lines go. @default the process's own streams */
  readonly print?: (text: string, to: 'stdout' | 'stderr') => void
}

interface GlobalOptions {
  readonly database?: string
  readonly schema: string
  readonly json: boolean
}

/**
 * The command line. Exit codes: 0 all is well, 1 something went wrong or a check failed, 2 the command was not
 * understood.
 */
export function createCli({ env = process.env, print = printed }: CliSettings = {}): {
  run(args: readonly string[]): Promise<number>
} {
  let failed = false
  const program = new Command('opslayer')
    .description('Looks after opslayer in your database.')
    .option('-d, --database <url>', 'connection string, or directory of an embedded database (DATABASE_URL)')
    .option('--schema <name>', 'schema of the catalog', 'opslayer')
    .option('--json', 'print JSON for programs', false)
    .showHelpAfterError('Run `opslayer --help` for what there is.')
    .configureOutput({ writeOut: (text) => print(text, 'stdout'), writeErr: (text) => print(text, 'stderr') })
    .exitOverride()

  const options = (): GlobalOptions => program.opts<GlobalOptions>()
  const output = createOutput(
    () => options().json,
    (text) => print(text, 'stdout'),
  )
  const tools: CliTools = {
    output,
    fail: () => {
      failed = true
    },
    withOps: async (work) => {
      await using ops = createOps({
        database: databaseOf(options().database ?? env.DATABASE_URL),
        schema: options().schema,
      })
      return await work(ops)
    },
  }
  const commands = [
    initCommand,
    migrateCommand,
    statusCommand,
    doctorCommand,
    tablesCommand,
    sqlViewCommand,
    importCommand,
    exportCommand,
    keysCommand,
    workerCommand,
    pluginCommand,
  ]
  for (const add of commands) program.addCommand(add(tools).exitOverride().copyInheritedSettings(program))

  return {
    run: async (args) => {
      try {
        await program.parseAsync(args, { from: 'user' })
        return failed ? 1 : 0
      } catch (error) {
        if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
        print(`${options().json ? JSON.stringify({ error: faultOf(error) }, null, 2) : messageOf(error)}\n`, 'stderr')
        return 1
      }
    },
  }
}

function databaseOf(named: string | undefined): string | ReturnType<typeof embedded> {
  if (named === undefined || named === '') return embedded('./.opslayer')
  return /^postgres(ql)?:/.test(named) ? named : embedded(named)
}

interface Fault {
  /** Null for what is none of opslayer's errors: a file that cannot be written, say. */
  readonly code: string | null
  readonly message: string
}

function faultOf(error: unknown): Fault {
  if (isOpsError(error)) return { code: error.code, message: error.message }
  return { code: null, message: error instanceof Error ? error.message : String(error) }
}

function messageOf(error: unknown): string {
  const { code, message } = faultOf(error)
  return code === null ? message : `${code}: ${message}`
}

function printed(text: string, to: 'stdout' | 'stderr'): void {
  process[to].write(text)
}
