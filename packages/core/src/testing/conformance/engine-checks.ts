import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AnyActionPart } from '../../plugin/action-part.ts'
import type { AnyPlugin } from '../../plugin/plugin.ts'
import type { Json } from '../../values/json.ts'
import { type EngineBench, isConnectable, onEngine } from './engine-bench.ts'
import type { ActionTrial, ColumnTrial, PluginCheck, PluginTrial, SourceTrial, WebhookTrial } from './plugin-trial.ts'

/** Processes that are ended in the middle of a run. */
const ends = 3

/** The same for columns, whose runs are short: at every call, as far as it has so many. */
const endsOfColumns = 5

/** Cells of a column's run. */
const cellsOfColumns = 3

/** What must hold of the parts of a plugin as opslayer itself runs them. */
export function engineChecks<State>(trial: PluginTrial<State>, plugin: AnyPlugin): readonly PluginCheck[] {
  if (!isConnectable(plugin)) return []
  const checks: PluginCheck[] = []
  for (const [id, trials] of Object.entries(trial.columns ?? {})) {
    const part = plugin.parts.columnTypes[id]
    const isAsked = part?.cell !== undefined || part?.batch !== undefined
    if (isAsked) for (const each of trials) checks.push(columnCheck(trial, id, each))
  }
  for (const [id, trials] of Object.entries(trial.sources ?? {})) {
    for (const each of trials) checks.push(sourceCheck(trial, id, each))
  }
  for (const [id, trials] of Object.entries(trial.actions ?? {})) {
    const part = plugin.parts.actions[id]
    if (part !== undefined) for (const each of trials) checks.push(actionCheck(trial, part, each))
  }
  for (const [id, each] of Object.entries(trial.webhooks ?? {})) {
    const isOfApp = plugin.parts.webhooks[id]?.byAccount !== undefined
    if (!isOfApp && plugin.methods.length > 0) checks.push(webhookCheck(trial, id, each))
  }
  return checks
}

function columnCheck<State>(trial: PluginTrial<State>, part: string, { settings, cells }: ColumnTrial): PluginCheck {
  return {
    name: `column ${part}: every cell is settled though the process ends at each of its calls, and is the same when asked anew`,
    run: () =>
      onEngine(trial, async (at) => {
        const rows = cells.slice(0, cellsOfColumns).map((each) => asRecord(each))
        const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))]
        const columns = keys.map((key) => ({ name: key, type: columnTypeOf(rows.map((row) => row[key])) }))
        const { id: tableId, ...table } = await at.acme.tables.create({ name: 'Rows', columns })
        const inputs = keys.map((key, place) => [key, { column: table.columns[place]?.id ?? '' }] as const)
        const column = await at.acme.columns.create(tableId, {
          name: 'Filled',
          fill: {
            ...requestFor(at, part),
            settings: { ...asRecord<never>(settings) },
            inputs: Object.fromEntries(inputs),
          },
        })
        const given = rows.map((row) => ({
          cells: Object.fromEntries(keys.map((key, place) => [table.columns[place]?.key ?? '', row[key] ?? null])),
        }))
        await at.acme.rows.insert(tableId, given)
        const outcomes = async () =>
          (await at.acme.rows.page(tableId)).rows.map(({ cells: read, states }) => {
            const { state = 'done', code } = states?.[column.key] ?? {}
            return { value: read[column.key], state, code }
          })
        const run = await at.endureEnds((acme) => acme.cells.run(tableId, column.id), endsOfColumns)
        assert.equal(run.state, 'done', `The run is ${run.state}: ${run.error?.message}`)
        const settled = await outcomes()
        for (const { state } of settled) assert.ok(['done', 'failed', 'skipped'].includes(state), `A cell is ${state}.`)
        await at.acme.runs.wait((await at.acme.cells.run(tableId, column.id, { which: 'all' })).id)
        assert.deepEqual(await outcomes(), settled)
      }),
  }
}

/** A type whose cells hold such inputs as they are. */
function columnTypeOf(values: readonly unknown[]): string {
  const types = new Set(values.filter((value) => value !== undefined && value !== null).map((value) => typeof value))
  if (types.size === 1 && types.has('number')) return 'number'
  if (types.size === 1 && types.has('boolean')) return 'checkbox'
  return types.has('object') ? 'json' : 'text'
}

function sourceCheck<State>(trial: PluginTrial<State>, part: string, { settings, records }: SourceTrial): PluginCheck {
  return {
    name: `source ${part}: every record becomes one row though the process ends ${ends} times, and stays one row`,
    run: () =>
      onEngine(trial, async (at) => {
        const request = { ...requestFor(at, part), settings: asRecord(settings) }
        const run = await at.endureEnds((acme) => acme.sources.start(null, request), ends)
        assert.equal(run.state, 'done', `The run is ${run.state}: ${run.error?.message}`)
        assert.equal(run.progress.counts.failed, 0, 'Records did not fit.')
        const tableId = run.tableId ?? ''
        assert.equal((await at.acme.rows.count(tableId)).count, records)
        const again = await at.acme.runs.wait((await at.acme.sources.start(tableId, request)).id)
        assert.equal(again.progress.counts.created, 0, 'A record that came again became another row.')
        assert.equal((await at.acme.rows.count(tableId)).count, records)
      }),
  }
}

function actionCheck<State>(
  trial: PluginTrial<State>,
  part: AnyActionPart,
  { settings, rows, effects }: ActionTrial<State>,
): PluginCheck {
  const isRepeatable = part.idempotency !== 'at-most-once'
  return {
    name: `action ${part.id}: the vendor acts on no row twice though the process ends, and each row is accounted for`,
    run: () =>
      onEngine(trial, async (at) => {
        const { id: tableId } = await at.acme.tables.create({ name: 'Rows', columns: [{ name: 'Name', type: 'text' }] })
        for (const [place, given] of rows.entries()) {
          const { rows: made } = await at.acme.rows.insert(tableId, [{ cells: { name: `Row ${place}` } }])
          const inputs = Object.entries(asRecord(given)).map(([key, value]) => [key, { value }] as const)
          const request = {
            ...requestFor(at, part.id),
            settings: asRecord(settings),
            inputs: Object.fromEntries(inputs),
            rows: made.map(({ id }) => id),
          }
          const run = await at.endureEnds((acme) => acme.actions.start(tableId, request), place === 0 ? 1 : 0)
          assert.equal(run.state, 'done', `The run is ${run.state}: ${run.error?.message}`)
          const { items } = await at.acme.actions.log(run.id)
          assert.equal(items.length, 1, 'The row is not in the log.')
          const [entry] = items
          const wasEnded = place === 0 && !isRepeatable
          assert.equal(entry?.state, wasEnded ? 'failed' : 'done', `${entry?.code}: ${entry?.message}`)
          if (wasEnded) assert.equal(entry?.code, 'OUTCOME_UNKNOWN')
        }
        const acted = effects(at.vendor)
        assert.ok(acted <= rows.length, `The vendor has acted ${acted} times for ${rows.length} rows.`)
        if (isRepeatable) assert.equal(acted, rows.length)
      }),
  }
}

function webhookCheck<State>(trial: PluginTrial<State>, webhook: string, { message }: WebhookTrial): PluginCheck {
  return {
    name: `webhook ${webhook}: what comes several times is dealt with once`,
    run: () =>
      onEngine(trial, async (at) => {
        const connectionId = at.connectionId ?? ''
        const hook = (await at.acme.connections.webhooks(connectionId)).find((each) => each.webhook === webhook)
        assert.ok(hook !== undefined, 'The connection has no such webhook.')
        await receiving(at, hook.url, async (to, secret) => {
          const statuses = await at.vendor.webhooks.sendAll([message(to, secret), message(to, secret)], {
            duplicated: true,
            shuffled: true,
          })
          for (const status of statuses) assert.ok(status >= 200 && status < 300, `It was answered with ${status}.`)
        })
        for (;;) {
          const { items } = await at.acme.connections.deliveries(connectionId)
          if (items.some(({ state }) => state === 'stored')) {
            await new Promise((resolve) => setTimeout(resolve, 20))
            continue
          }
          assert.equal(items.length, 1, 'A delivery that came again was taken for another one.')
          assert.equal(items[0]?.state, 'handled', `It has failed: ${items[0]?.error}`)
          return
        }
      }),
  }
}

/** A server that hands over to opslayer what comes to the public address of a webhook. */
async function receiving<State>(
  { ops }: EngineBench<State>,
  publicAddress: string,
  work: (to: string, secret: string) => Promise<void>,
): Promise<void> {
  const [plugin = '', webhook = '', token = ''] = new URL(publicAddress).pathname.split('/').slice(-3)
  const server = createServer(async (incoming, answer) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const headers = new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]))
    const request = { method: 'POST', url: publicAddress, headers, body: new Uint8Array(Buffer.concat(chunks)) }
    const { status, body } = await ops.receiveWebhook({ plugin, webhook, token, request })
    answer.writeHead(status).end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const { port } = server.address() as AddressInfo
    await work(`http://127.0.0.1:${port}${new URL(publicAddress).pathname}`, token.split('.').at(-1) ?? '')
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

function requestFor<State>({ plugin, connectionId }: EngineBench<State>, part: string) {
  return { plugin: plugin.id, part, ...(connectionId === undefined ? {} : { connectionId }) }
}

function asRecord<Value = Json>(value: unknown): Readonly<Record<string, Value>> {
  return (value ?? {}) as Readonly<Record<string, Value>>
}
