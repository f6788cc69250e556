import assert from 'node:assert/strict'
import { createOps } from '../../create-ops.ts'
import type { NetworkFetch } from '../../http/network.ts'
import type { Ops } from '../../ops.ts'
import type { OrgOps } from '../../org-ops/org-ops.ts'
import type { AnyPlugin } from '../../plugin/plugin.ts'
import type { RunningSimulator } from '../simulator/start-simulator.ts'
import { within } from './check-bench.ts'
import { asRecord } from './input-table.ts'
import type { Lifeline } from './lifeline.ts'
import { textsIn } from './open-plugin.ts'
import type { PluginTrial } from './plugin-trial.ts'
import { openSharedDatabase, type SharedDatabase } from './shared-database.ts'

/** A plugin in a real opslayer, on an embedded database, with an org of its own that is connected to a fresh vendor. */
export interface EngineBench<State> extends AsyncDisposable {
  readonly vendor: RunningSimulator<State>
  readonly plugin: AnyPlugin
  readonly acme: OrgOps
  readonly ops: Ops
  /** Undefined for plugins that need none. */
  readonly connectionId: string | undefined
  /** Another process of the same host, which knows nothing of the plugin but what is stored. */
  another(): EngineProcess
}

/** A process that can be made to end. */
export interface EngineProcess {
  readonly ops: Ops
  readonly acme: OrgOps
  readonly life: Lifeline
}

/** What benches stand on. */
export interface EngineRoom<State> {
  readonly database: SharedDatabase
  /** Starts a vendor and connects an org to it. */
  bench(): Promise<EngineBench<State>>
}

const publicUrl = 'https://host.example.com/ops'
const encryptionKeys = [{ id: 'trial', key: Buffer.alloc(32, 1).toString('base64') }]
const actor = { type: 'user', id: 'trial' } as const
/** Session in which a person consents. */
const browser = 'trial-session'

/** Runs a check in a real opslayer. */
export async function onEngine<State>(
  trial: PluginTrial<State>,
  work: (bench: EngineBench<State>) => Promise<void>,
): Promise<void> {
  await inEngineRoom(trial, async (room) => {
    await using bench = await room.bench()
    await work(bench)
  })
}

/** Runs a check on a migrated embedded database, and looks for secrets in all that was written down meanwhile. */
export async function inEngineRoom<State>(
  trial: PluginTrial<State>,
  work: (room: EngineRoom<State>) => Promise<void>,
): Promise<void> {
  await using database = await openSharedDatabase()
  const lines: string[] = []
  const secrets = new Set<string>()
  const note = (message: string, fields: object = {}): void => void lines.push(`${message} ${JSON.stringify(fields)}`)
  let orgs = 0

  const bench = async (): Promise<EngineBench<State>> => {
    const vendor = await trial.start()
    const credentials = trial.credentials(vendor.url)
    orgs += 1
    const orgId = `acme-${orgs}`
    const opened: Ops[] = []
    const open = (): EngineProcess & { readonly plugin: AnyPlugin } => {
      const plugin = trial.plugin(vendor.url)
      const process = database.process()
      const ops = createOps({
        database: process.database,
        plugins: [plugin],
        encryptionKeys,
        publicUrl,
        allowedOrigins: [new URL(vendor.url).origin],
        fetch: async (url, init) =>
          consent(plugin, credentials, url) ??
          (await process.life.pass('call', `${init.method} ${url.pathname}`, () => sendWhole(url, init))),
        now: () => vendor.clock.date(),
        logger: { debug: note, info: note, warn: note, error: note },
      })
      opened.push(ops)
      return { plugin, ops, acme: ops.forOrg({ orgId, actor }), life: process.life }
    }
    const { ops, acme, plugin } = open()
    if (orgs === 1) await ops.migrate()
    for (const text of textsIn(credentials)) if (text.length >= 8 && !text.startsWith('http')) secrets.add(text)
    return {
      vendor,
      plugin,
      ops,
      acme,
      connectionId: await connected({ ops, acme }, plugin, credentials),
      another: open,
      [Symbol.asyncDispose]: async () => {
        lines.push(JSON.stringify(await acme.calls.list({ limit: 200 })))
        // Those that have ended cannot say goodbye to their database.
        await Promise.allSettled(opened.map((each) => each.close({ graceMs: 0 })))
        await vendor.close()
      },
    }
  }
  await within(trial.timeoutMs ?? 60_000, work({ database, bench }))
  const told = lines.join('\n')
  for (const secret of secrets) assert.ok(!told.includes(secret), 'A secret of the credentials stands in the log.')
}

/** The whole answer, so that an end after it has nothing more to read. */
const sendWhole: NetworkFetch = async (url, init) => {
  const answer = await fetch(url, init)
  const { status, statusText, headers } = answer
  const hasBody = status !== 204 && status !== 205 && status !== 304
  return new Response(hasBody ? await answer.arrayBuffer() : null, { status, statusText, headers })
}

/** What a token endpoint answers: those credentials of the trial. Simulators need none. */
function consent({ methods }: AnyPlugin, credentials: unknown, { href }: URL): Response | undefined {
  const isAsked = methods.some((method) => method.kind === 'oauth2' && URL.parse(method.tokenUrl)?.href === href)
  if (!isAsked) return undefined
  const { accessToken, ...rest } = asRecord(credentials)
  return Response.json({ ...rest, access_token: accessToken, token_type: 'bearer' })
}

async function connected(
  { ops, acme }: Pick<EngineProcess, 'ops' | 'acme'>,
  plugin: AnyPlugin,
  credentials: unknown,
): Promise<string | undefined> {
  if (plugin.methods.length === 0) return undefined
  const method = plugin.methods.find(({ kind }) => kind === 'api-key')?.label
  if (method === undefined) {
    const { state } = await acme.connections.beginOAuth({ plugin: plugin.id, session: browser })
    return (await ops.finishOAuth({ state, code: 'trial', session: browser })).connection.id
  }
  const typed = asRecord<string | number | boolean>(credentials)
  return (await acme.connections.connect({ plugin: plugin.id, method, credentials: typed })).id
}
