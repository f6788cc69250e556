import type { OpsOptions } from '@opslayer/core'
import { type RunningSimulator, startSimulator } from '@opslayer/core/testing'
import type { MakeDatabase } from '../../databases/describe-databases.ts'
import { type LedgerOptions, ledger, ledgerKey, ledgerSimulator } from './ledger-vendor.ts'
import { openOps } from './open-ops.ts'

const ledgerPublicUrl = 'https://app.example.com/ops'
const encryptionKeys = [{ id: 'k1', key: Buffer.alloc(32, 7).toString('base64') }]

/** How opslayer is opened for a ledger vendor, also in another process. */
export function ledgerOpsOptions(url: string, options: LedgerOptions = {}): Omit<OpsOptions, 'database'> {
  return {
    plugins: [ledger(url, options)],
    encryptionKeys,
    publicUrl: ledgerPublicUrl,
    allowedOrigins: [new URL(url).origin],
  }
}

/** A vendor with people, and an org that is connected to it. */
export async function openLedger(
  makeDatabase: MakeDatabase,
  people: readonly unknown[] = [],
  more: Pick<OpsOptions, 'now' | 'logger' | 'leaseMs'> = {},
) {
  const vendor = await startSimulator(ledgerSimulator, { seed: people })
  const test = await openOps(makeDatabase, { ...ledgerOpsOptions(vendor.url), ...more })
  const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
  const { id: connectionId } = await acme.connections.connect({ plugin: 'ledger', credentials: ledgerKey })
  vendor.journal.clear()
  return {
    ...test,
    vendor: vendor as RunningSimulator<ReturnType<typeof ledgerSimulator.state>>,
    acme,
    connectionId,
    /** Lets the vendor send what it signs, to the connection's own address. */
    deliver: async (body: unknown): Promise<number> => {
      const [hook] = await acme.connections.webhooks(connectionId)
      return await deliverTo(test.ops, hook?.url ?? '', JSON.stringify(body))
    },
    [Symbol.asyncDispose]: async () => {
      await test[Symbol.asyncDispose]()
      await vendor.close()
    },
  }
}

async function deliverTo(ops: Awaited<ReturnType<typeof openOps>>['ops'], url: string, body: string): Promise<number> {
  const [plugin = '', webhook = '', token = ''] = url.slice(`${ledgerPublicUrl}/webhooks/`.length).split('/')
  const secret = token.split('.').at(-1) ?? ''
  const signed = ledgerSimulator.signWebhook?.({ to: new URL(url), body, secret, at: new Date() })
  const request = { method: 'POST', url, headers: new Headers(signed), body: new TextEncoder().encode(body) }
  return (await ops.receiveWebhook({ plugin, webhook, token, request })).status
}
