import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isOpsError, type Ops } from '@opslayer/core'
import { Command, InvalidArgumentError } from 'commander'
import type { CliTools } from './create-cli.ts'

/** What letting go of runs and connections takes beside the calls under way. */
const closingMs = 10_000

interface WorkerSettings {
  readonly everyMs: number
  readonly graceMs: number
  readonly standstillMs: number
  readonly readyFile?: string
  readonly port?: number
}

export function workerCommand({ withOps, output }: CliTools): Command {
  return new Command('worker')
    .description(
      'work on runs, webhooks and schedules of all orgs until SIGTERM or SIGINT; a second one ends it at once. Exit code 1 if steps had to be cut off',
    )
    .argument('[module]', 'module of yours that exports `ops`: with your plugins, keys and database')
    .option('--every-ms <ms>', 'pause between two looks for work', wholeNumber, 2_000)
    .option('--grace-ms <ms>', 'time that steps under way get at the end', wholeNumber, 30_000)
    .option(
      '--standstill-ms <ms>',
      'ends the process when nothing has moved in it for so long: a plugin loops. Let something start it again',
      wholeNumber,
      60_000,
    )
    .option('--ready-file <path>', 'file that is written once it works')
    .option('--port <port>', 'answers GET /ready with 200 while it works and the database answers', portNumber)
    .action(async (module: string | undefined, settings: WorkerSettings) => {
      const work = (ops: Ops): Promise<void> => workUntilStopped(ops, settings, (line) => output.say(line, { line }))
      await (module === undefined ? withOps(work) : work(await opsOf(module)))
    })
}

/** Closes `ops` in any case: the process is the worker's. */
async function workUntilStopped(ops: Ops, settings: WorkerSettings, say: (line: string) => void): Promise<void> {
  const { graceMs, port } = settings
  let server: Server | undefined
  let forced: NodeJS.Timeout | undefined
  // The worker itself keeps no process alive.
  const alive = setInterval(() => {}, 2 ** 30)
  try {
    await checkReady(ops)
    if (port !== undefined) server = await answerReadiness(ops, port)
    const signal = await stopOf(ops, settings, say)
    say(`${signal}: ending the steps under way, for up to ${graceMs / 1_000} s.`)
    process.once('SIGTERM', () => process.exit(1)).once('SIGINT', () => process.exit(1))
    forced = setTimeout(() => process.exit(1), graceMs + closingMs)
  } finally {
    await ops.close({ graceMs })
    clearTimeout(forced)
    server?.close()
    clearInterval(alive)
  }
}

/** Works until a signal comes. Who closes `ops` stops the worker. */
async function stopOf(
  ops: Ops,
  { everyMs, standstillMs, readyFile }: WorkerSettings,
  say: (line: string) => void,
): Promise<NodeJS.Signals> {
  const stopping = Promise.withResolvers<NodeJS.Signals>()
  process.once('SIGTERM', stopping.resolve).once('SIGINT', stopping.resolve)
  ops.startWorker({
    everyMs,
    standstillMs,
    onError: (error) => say(`Work could not be looked for: ${told(error)}`),
  })
  try {
    if (readyFile !== undefined) await writeFile(readyFile, `${process.pid}\n`)
    say('Working.')
    return await stopping.promise
  } finally {
    process.off('SIGTERM', stopping.resolve).off('SIGINT', stopping.resolve)
  }
}

/** @throws Error if the catalog is not as this opslayer wants it */
async function checkReady(ops: Ops): Promise<void> {
  const behind = Object.entries(await ops.migrationStatus()).find(([, { state }]) => state !== 'current')
  if (behind !== undefined)
    throw new Error(`Database "${behind[0]}" is ${behind[1].state}. Run \`opslayer migrate\` first.`)
}

async function answerReadiness(ops: Ops, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url !== '/ready') return void response.writeHead(404).end()
    checkReady(ops).then(
      () => response.writeHead(200).end('ready\n'),
      () => response.writeHead(503).end('not ready\n'),
    )
  })
  await new Promise<void>((listening, failed) => server.once('error', failed).listen(port, listening))
  return server
}

async function opsOf(module: string): Promise<Ops> {
  if (!existsSync(module)) throw new Error(`There is no file ${module}.`)
  const exported: { readonly ops?: unknown; readonly default?: unknown } = await import(
    pathToFileURL(resolve(module)).href
  )
  const ops = exported.ops ?? exported.default
  if (typeof (ops as Partial<Ops> | undefined)?.startWorker === 'function') return ops as Ops
  throw new Error(`${module} exports no \`ops\`, made with createOps(…).`)
}

function portNumber(text: string): number {
  const port = wholeNumber(text)
  if (port < 65_536) return port
  throw new InvalidArgumentError('It is at most 65535.')
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It is a whole number.')
}

function told(error: unknown): string {
  return isOpsError(error) ? `${error.code}: ${error.message}` : String(error)
}
