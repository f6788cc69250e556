import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { OrgOps } from '../../org-ops/org-ops.ts'
import { done } from '../../plugin/cell-outcome.ts'
import { definePlugin } from '../../plugin/define-plugin.ts'
import type { Run } from '../../runs/run.ts'
import { defineSimulator } from '../simulator/define-simulator.ts'
import { startSimulator } from '../simulator/start-simulator.ts'
import { columnRunOf } from './column-ends.ts'
import type { EnduredRun } from './endure-ends.ts'
import { endureStart } from './endure-start.ts'
import { type EngineBench, inEngineRoom } from './engine-bench.ts'
import { requestFor } from './input-table.ts'
import type { PluginTrial } from './plugin-trial.ts'
import { pluginChecks } from './test-plugin.ts'

const vendor = defineSimulator({
  id: 'upper',
  state: () => ({}),
  routes: {
    'GET /upper': ({ request, bill }) => {
      const word = request.query.get('word') ?? ''
      bill.charge(1, word)
      return { json: { upper: word.toUpperCase() } }
    },
    'GET /people': () => ({ json: { items: [{ id: 1 }, { id: 2 }] } }),
    'POST /send': ({ bill }) => {
      bill.charge(1, 'sent')
      return { status: 201, json: {} }
    },
  },
})

function plugin(baseUrl: string) {
  return definePlugin({ id: 'upper', version: '1.0.0', name: 'Upper', baseUrl })
    .columnType({
      id: 'upper',
      name: 'Upper',
      description: 'Spells in capitals.',
      inputs: z.object({ word: z.string() }),
      value: 'text',
      cost: { unit: 'credit', perItem: 1 },
      cell: async (ctx, { inputs: { word } }) => {
        const response = await ctx.fetch(`/upper?word=${word}`)
        return done(z.object({ upper: z.string() }).parse(await response.json()).upper)
      },
    })
    .source({
      id: 'people',
      name: 'People',
      description: 'All people.',
      record: z.looseObject({ id: z.number() }),
      key: ({ id }) => String(id),
      columns: { id: { name: 'Id', type: 'number', from: ({ id }) => id } },
      readPage: async (ctx) => {
        const { items } = z.object({ items: z.array(z.unknown()) }).parse(await (await ctx.fetch('/people')).json())
        return { records: items, nextCursor: undefined }
      },
    })
    .action({
      id: 'send',
      name: 'Send',
      description: 'Sends.',
      inputs: z.object({ word: z.string() }),
      output: z.object({}),
      idempotency: 'idempotent',
      cost: { unit: 'credit', perItem: 1 },
      row: async (ctx) => {
        await ctx.fetch('/send', { method: 'POST', body: '{}', idempotent: true })
        return done({})
      },
    })
}

type Bench = EngineBench<Record<string, never>>

const cells = [{ word: 'ada' }, { word: 'bob' }]
const trial: PluginTrial<Record<string, never>> = {
  plugin,
  start: () => startSimulator(vendor),
  credentials: () => undefined,
  columns: { upper: [{ cells }] },
  sources: { people: [{ records: 2 }] },
  actions: { send: [{ rows: [{ word: 'ada' }, { word: 'bob' }], effects: ({ bill }) => bill.total }] },
}

const good = columnRunOf<Record<string, never>>(plugin('http://127.0.0.1').parts.columnTypes.upper, { cells })

/** The same run, started in another way. */
function startedBy(
  start: (at: Bench, acme: OrgOps, asIs: (acme: OrgOps) => Promise<Run>) => Promise<Run>,
): typeof good {
  return {
    ...good,
    prepare: async (at) => {
      const asIs = await good.prepare(at)
      return (acme) => start(at, acme, asIs)
    },
  }
}

async function outcomeOf<Seen>(endured: EnduredRun<Record<string, never>, Seen>): Promise<string> {
  const tried = inEngineRoom(trial, (room) => endureStart(room, 'run', { roundTrips: 40 }, endured))
  return await tried.then(() => 'held', String)
}

describe('runs whose process ends while it starts them', { timeout: 120_000 }, () => {
  it.each(['column upper', 'source people', 'action send'])('are there or are not: %s', async (part) => {
    const checks = (await pluginChecks({ ...trial, ends: { roundTrips: 12 } })).filter(({ name }) =>
      name.startsWith(`${part}: nothing is lost, doubled or put aside for good`),
    )
    expect(checks).toHaveLength(1)
    for (const { run } of checks) await run()
  })

  it.each<[fault: string, endured: typeof good, said: RegExp]>([
    [
      'leaves a table behind',
      startedBy(async (_, acme, asIs) => {
        await acme.tables.create({ name: 'For the run' })
        return await asIs(acme)
      }),
      /the process that started it ended at commit \d+ \(commit\), .*A table of it is there, and no run\./,
    ],
    [
      'is started twice',
      startedBy(async (_, acme, asIs) => {
        await asIs(acme)
        return await asIs(acme)
      }),
      /ended at commit \d+ \(commit\), .*It is there 2 times\./,
    ],
    [
      'pays for a look before it is there',
      startedBy(async (at, acme, asIs) => {
        const [table] = (await acme.tables.list()).items
        const fill = { ...requestFor(at, 'upper'), inputs: { word: { column: 'word' } } }
        await acme.cells.preview(table?.id ?? '', { fill, ask: true })
        return await asIs(acme)
      }),
      /ended at commit \d+ \(commit\), .*2 of budgets are put aside for good\./,
    ],
  ])('tell of one that %s', async (_, endured, said) => {
    expect(await outcomeOf(endured)).toMatch(said)
  })
})
