import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Handler, HandlerTools, Simulator } from './define-simulator.ts'
import { routeTable } from './route-table.ts'
import { seededNumbers } from './seeded-numbers.ts'
import { answerParts, requestOf, type SimulatedAnswer, type SimulatedRequest } from './simulated-request.ts'
import { createBill, type SimulatorBill } from './simulator-bill.ts'
import { type ClockOptions, createClock, type SimulatorClock } from './simulator-clock.ts'
import { createFaults, type FaultCause, type SimulatorFaults } from './simulator-faults.ts'
import { createJournal, type SimulatorJournal } from './simulator-journal.ts'
import { createLimits, type SimulatorLimits } from './simulator-limits.ts'
import { createWebhooks, type SimulatorWebhooks } from './simulator-webhooks.ts'

export interface SimulatorOptions<Seed> extends ClockOptions {
  /** What the vendor's data is made from. */
  readonly seed: Seed
  /** For faults by chance and for shuffled webhooks. @default 1 */
  readonly randomSeed?: number
  /** @default one that is free */
  readonly port?: number
}

/** A vendor while it runs. Use `await using`, or `close` it. */
export interface RunningSimulator<State, Route extends string = string, Limit extends string = string>
  extends AsyncDisposable {
  /** `http://127.0.0.1:54321` and the simulator's base: what a plugin takes as its base URL. */
  readonly url: string
  /** The vendor's data, to look at and to change. */
  readonly state: State
  readonly clock: SimulatorClock
  readonly faults: SimulatorFaults<Route>
  readonly limits: SimulatorLimits<Limit>
  readonly journal: SimulatorJournal
  readonly bill: SimulatorBill
  readonly webhooks: SimulatorWebhooks
  close(): Promise<void>
}

/** The options, which may be left out where no seed is needed. */
type OptionsFor<Seed> = undefined extends Seed
  ? [options?: Partial<SimulatorOptions<Seed>>]
  : [options: SimulatorOptions<Seed>]

const longestBody = 100 * 1_048_576

/**
 * Starts a vendor on this machine: real HTTP, its own clock, nothing shared with other starts.
 *
 * @example
 * await using vendor = await startSimulator(reoonSimulator)
 * vendor.faults.add({ on: 'GET /verify', kind: 'cut', when: 'after-effect' })
 * const ops = createOps({ database, plugins: [reoon({ baseUrl: vendor.url })] })
 */
export async function startSimulator<State, Seed, Route extends string, Limit extends string>(
  simulator: Simulator<State, Seed, Route, Limit>,
  ...[options = {}]: OptionsFor<Seed>
): Promise<RunningSimulator<State, Route, Limit>> {
  const random = seededNumbers(options.randomSeed ?? 1)
  const clock = createClock(options)
  const state = simulator.state(options.seed as Seed)
  const faults = createFaults(random)
  const journal = createJournal()
  const bill = createBill()
  const webhooks = createWebhooks(simulator.signWebhook, clock, random)
  const limits = createLimits(simulator.limits ?? {}, clock.now)
  const handlers: Readonly<Record<string, Handler<State, string>>> = simulator.routes
  const table = routeTable(Object.keys(handlers))
  const base = simulator.base ?? ''
  const closing = new AbortController()
  let inFlight = 0

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = clock.now()
    const url = new URL(message.url ?? '/', 'http://simulator')
    const method = message.method ?? 'GET'
    const path = url.pathname.startsWith(base) ? url.pathname.slice(base.length) : ''
    const found = table.match(method, path)
    const headers = new Headers(Object.entries(message.headers).flatMap(([name, value]) => [[name, String(value)]]))
    inFlight += 1
    const arrived = inFlight
    const body = await bodyOf(message)
    const request = requestOf({ method, path, params: found?.params ?? {}, query: url.searchParams, headers, body })
    const tools = { request, state, clock, bill, webhooks, random }
    const admission = limits.admit(request)
    const struck = faults.strike(found?.route ?? '')
    let handled = false
    let status: number | null = null
    try {
      if (has(struck, 'cut', ({ when }) => when === 'before-effect')) return void message.socket.destroy()
      const planned = admission.answer ?? struck.find((fault) => fault.kind === 'answer')?.answer
      const answer = planned ?? refusal(tools) ?? (await handle(found?.route, tools))
      handled = planned === undefined
      for (const fault of struck) if (fault.kind === 'latency') await late(fault.ms)
      if (closing.signal.aborted) return
      if (has(struck, 'cut', ({ when }) => when === 'after-effect')) return void message.socket.destroy()
      status = await reply(response, { ...answer, headers: { ...admission.headers, ...answer.headers } }, struck)
    } finally {
      inFlight -= 1
      admission.done()
      journal.note({
        at,
        method,
        path,
        route: found?.route ?? null,
        query: Object.fromEntries(url.searchParams),
        headers: Object.fromEntries(headers),
        body: new TextDecoder().decode(body),
        status,
        refusedBy: admission.refusedBy,
        faults: struck.map(({ kind }) => kind),
        handled,
        inFlight: arrived,
      })
    }
  }

  /** A vendor that is closed keeps nobody waiting, nor the process alive. */
  async function late(ms: number): Promise<void> {
    await wait(ms, undefined, { signal: closing.signal }).catch(() => undefined)
  }

  function refusal(tools: HandlerTools<State>): SimulatedAnswer | undefined {
    return simulator.authorize?.(tools)
  }

  async function handle(route: string | undefined, tools: HandlerTools<State>): Promise<SimulatedAnswer> {
    const handler = route === undefined ? undefined : handlers[route]
    return (await handler?.(tools)) ?? notFound(tools.request)
  }

  function notFound(request: SimulatedRequest): SimulatedAnswer {
    return (
      simulator.notFound?.(request) ?? { status: 404, json: { error: `${request.method} ${request.path} is unknown` } }
    )
  }

  const server = createServer((message, response) => {
    serve(message, response).catch((error) => {
      // A handler with a fault: the author sees it in the answer.
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
      response.end(String(error))
    })
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = async (): Promise<void> => {
    clock.stop()
    closing.abort()
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
  return {
    url: `http://127.0.0.1:${port}${base}`,
    state,
    clock,
    faults,
    limits,
    journal,
    bill,
    webhooks,
    close,
    [Symbol.asyncDispose]: close,
  }
}

async function bodyOf(message: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of message) {
    bytes += chunk.length
    if (bytes > longestBody) throw new Error('The body is larger than 100 MB.')
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}

function has<Kind extends FaultCause['kind']>(
  faults: readonly FaultCause[],
  kind: Kind,
  where: (fault: Extract<FaultCause, { kind: Kind }>) => boolean = () => true,
): boolean {
  return faults.some((fault) => fault.kind === kind && where(fault as Extract<FaultCause, { kind: Kind }>))
}

/** @returns the status, or null if the connection was cut */
async function reply(
  response: ServerResponse,
  answer: SimulatedAnswer,
  faults: readonly FaultCause[],
): Promise<number | null> {
  let { json } = answer
  for (const fault of faults) if (fault.kind === 'drift') json = fault.change(structuredClone(json))
  const { status, headers, body: whole } = answerParts({ ...answer, json })
  const body = has(faults, 'malformed') ? whole.subarray(0, Math.max(1, whole.length - 1)) : whole
  response.writeHead(status, { ...headers, 'content-length': body.length })
  const slow = faults.find((fault) => fault.kind === 'slow-body')
  const pieces = slow === undefined ? 1 : 10
  for (let piece = 0; piece < pieces; piece += 1) {
    if (slow !== undefined) await wait(slow.ms / pieces)
    const from = Math.floor((body.length * piece) / pieces)
    const to = Math.floor((body.length * (piece + 1)) / pieces)
    if (has(faults, 'truncated')) {
      response.write(body.subarray(from, Math.floor((from + to) / 2)))
      await wait(10)
      response.destroy()
      return null
    }
    response.write(body.subarray(from, to))
  }
  response.end()
  return status
}
