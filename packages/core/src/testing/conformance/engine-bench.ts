import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createOps } from '../../create-ops.ts'
import { embedded } from '../../db/database-input.ts'
import type { NetworkFetch } from '../../http/network.ts'
import type { Ops } from '../../ops.ts'
import type { OrgOps } from '../../org-ops/org-ops.ts'
import type { AnyPlugin } from '../../plugin/plugin.ts'
import type { Run } from '../../runs/run.ts'
import type { RunningSimulator } from '../simulator/start-simulator.ts'
import { within } from './check-bench.ts'
import { textsIn } from './open-plugin.ts'
import type { PluginTrial } from './plugin-trial.ts'

/** A plugin in a real opslayer, on an embedded database, with an org that is connected to a fresh vendor. */
export interface EngineBench<State> {
  readonly vendor: RunningSimulator<State>
  readonly plugin: AnyPlugin
  readonly acme: OrgOps
  readonly ops: Ops
  /** Undefined for plugins that need none. */
  readonly connectionId: string | undefined
  /**
   * Lets a run go on to its end while the process is ended in the middle of a call: of the first, of the second of the
   * next process, and so on, until there were so many ends or a process gets through.
   *
   * @returns the run as it is in the end
   */
  endureEnds(start: (acme: OrgOps) => Promise<Run>, ends: number): Promise<Run>
}

const publicUrl = 'https://host.example.com/ops'
const encryptionKeys = [{ id: 'trial', key: Buffer.alloc(32, 1).toString('base64') }]
const who = { orgId: 'acme', actor: { type: 'user', id: 'trial' } } as const

/** Whether a trial's plugin can be connected by what the trial has. */
export function isConnectable({ methods }: AnyPlugin): boolean {
  return methods.length === 0 || methods.some(({ kind }) => kind === 'api-key')
}

/** Runs a check in a real opslayer, and looks for secrets in all that it wrote down. */
export async function onEngine<State>(
  trial: PluginTrial<State>,
  work: (bench: EngineBench<State>) => Promise<void>,
): Promise<void> {
  await using vendor = await trial.start()
  const directory = await mkdtemp(join(tmpdir(), 'opslayer-trial-'))
  const plugin = trial.plugin(vendor.url)
  const lines: string[] = []
  const note = (message: string, fields: object = {}): void => void lines.push(`${message} ${JSON.stringify(fields)}`)
  /** Never answers from a number of calls on, as if the process had ended. */
  let callsLeft = Number.POSITIVE_INFINITY
  let reached = Promise.withResolvers<void>()
  const gated: NetworkFetch = async (url, init) => {
    if (callsLeft > 0) {
      callsLeft -= 1
      return await fetch(url, init)
    }
    reached.resolve()
    return await new Promise<Response>((_, reject) => {
      init.signal?.addEventListener('abort', () => reject(init.signal?.reason), { once: true })
    })
  }
  const open = (): Ops =>
    createOps({
      database: embedded(join(directory, 'data')),
      plugins: [plugin],
      encryptionKeys,
      publicUrl,
      allowedOrigins: [new URL(vendor.url).origin],
      fetch: gated,
      now: () => vendor.clock.date(),
      logger: { debug: note, info: note, warn: note, error: note },
    })
  let ops = open()
  const credentials = trial.credentials(vendor.url)
  try {
    await ops.migrate()
    const acme = ops.forOrg(who)
    const connectionId = await connected(acme, plugin, credentials)
    const endureEnds: EngineBench<State>['endureEnds'] = async (start, ends) => {
      let id: string | undefined
      for (let end = 0; end < ends; end += 1) {
        callsLeft = end
        reached = Promise.withResolvers()
        if (id === undefined) id = (await start(ops.forOrg(who))).id
        else ops.startWorker({ everyMs: 10 })
        const isOver = ops.forOrg(who).runs.wait(id)
        const ended = await Promise.race([reached.promise, isOver])
        if (ended !== undefined) {
          callsLeft = Number.POSITIVE_INFINITY
          return ended
        }
        await ops.close({ graceMs: 0 })
        // What the vendor had been sent, and whether it had acted, this process will never know.
        ops = open()
      }
      callsLeft = Number.POSITIVE_INFINITY
      id ??= (await start(ops.forOrg(who))).id
      ops.startWorker({ everyMs: 10 })
      return await ops.forOrg(who).runs.wait(id)
    }
    const bench = {
      vendor,
      plugin,
      connectionId,
      endureEnds,
      get ops() {
        return ops
      },
      get acme() {
        return ops.forOrg(who)
      },
    }
    await within(trial.timeoutMs ?? 60_000, work(bench))
    const calls = await ops.forOrg(who).calls.list({ limit: 200 })
    const told = [...lines, JSON.stringify(calls)].join('\n')
    for (const secret of textsIn(credentials).filter((text) => text.length >= 8 && !text.startsWith('http')))
      assert.ok(!told.includes(secret), 'A secret of the credentials stands in the log.')
  } finally {
    await ops.close()
    // Its last engine may still be closing files.
    await rm(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}

async function connected(acme: OrgOps, plugin: AnyPlugin, credentials: unknown): Promise<string | undefined> {
  if (plugin.methods.length === 0) return undefined
  const method = plugin.methods.find(({ kind }) => kind === 'api-key')?.label
  const typed = credentials as Readonly<Record<string, string | number | boolean>>
  return (await acme.connections.connect({ plugin: plugin.id, method, credentials: typed })).id
}
