import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
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
  /**
   * Opens the database that the options name, and closes it after the work.
   *
   * @param make makes an embedded database that is not there. @default false: a name that was mistyped makes none
   */
  withOps<T>(work: (ops: Ops) => Promise<T>, make?: { readonly make: boolean }): Promise<T>
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

const { version }: { readonly version: string } = createRequire(import.meta.url)('../../package.json')

/**
 * The command line. Exit codes: 0 all is well, 1 something went wrong or a check failed, 2 the command was not
 * understood.
 */
export function createCli({ env = process.env, print = printed }: CliSettings = {}): {
  run(args: readonly string[]): Promise<number>
} {
  let failed = false
  let forProgram = false
  const program = new Command('opslayer')
    .description('Looks after opslayer in your database.')
    .option('-d, --database <url>', 'connection string, or directory of an embedded database (DATABASE_URL)')
    .option('--schema <name>', 'schema of the catalog', 'opslayer')
    .option('--json', 'print JSON for programs', false)
    .version(version)
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('Run `opslayer --help` for what there is.')
    .configureOutput({
      writeOut: (text) => print(text, 'stdout'),
      writeErr: (text) => {
        if (!forProgram) print(text, 'stderr')
      },
    })
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
    withOps: async (work, { make } = { make: false }) => {
      const database = databaseOf(options().database ?? env.DATABASE_URL, make)
      await using ops = createOps({ database, schema: options().schema })
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
  for (const add of commands) program.addCommand(inheriting(add(tools), program))

  return {
    run: async (args) => {
      forProgram = args.includes('--json')
      try {
        await program.parseAsync(args, { from: 'user' })
        return failed ? 1 : 0
      } catch (error) {
        const isUsage = error instanceof CommanderError
        if (isUsage && error.exitCode === 0) return 0
        if (forProgram) print(`${JSON.stringify({ error: faultOf(error) }, null, 2)}\n`, 'stderr')
        else if (!isUsage) print(`${messageOf(error)}\n`, 'stderr')
        return isUsage ? 2 : 1
      }
    },
  }
}

/** Commands below commands are like those above them. */
function inheriting(command: Command, parent: Command): Command {
  command.exitOverride().copyInheritedSettings(parent)
  for (const below of command.commands) inheriting(below, command)
  return command
}

/** @throws Error for what names no database */
function databaseOf(named: string | undefined, make: boolean): string | ReturnType<typeof embedded> {
  const directory = named === undefined || named === '' ? './.opslayer' : named
  if (/^postgres(ql)?:/.test(directory)) return directory
  const [, scheme] = /^([\w+.-]+):\/\//.exec(directory) ?? []
  if (scheme !== undefined)
    throw new Error(`"${scheme}://" is no PostgreSQL: give a connection string postgres://…, or a directory.`)
  if (make || existsSync(directory)) return embedded(directory)
  throw new Error(
    `There is no database in ${directory}. Name yours by --database or DATABASE_URL, or make one there: opslayer migrate`,
  )
}

interface Fault {
  /** `USAGE` for a command that was not understood; null for what is no error of opslayer's: a file that cannot be written, say. */
  readonly code: string | null
  readonly message: string
}

function faultOf(error: unknown): Fault {
  if (isOpsError(error)) return { code: error.code, message: error.message }
  if (error instanceof CommanderError) return { code: 'USAGE', message: usageOf(error) }
  return { code: null, message: error instanceof Error ? error.message : String(error) }
}

/** Where a command is missing, commander prints its help and says nothing. */
function usageOf({ code, message }: CommanderError): string {
  if (code === 'commander.help') return 'Name a command: `opslayer --help` says which there are.'
  return message.replace(/^error: /, '')
}

function messageOf(error: unknown): string {
  const { code, message } = faultOf(error)
  return code === null ? message : `${code}: ${message}`
}

function printed(text: string, to: 'stdout' | 'stderr'): void {
  process[to].write(text)
}
