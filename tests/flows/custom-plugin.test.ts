import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pluginChecks, startSimulator } from '@opslayer/core/testing'
import { describe, expect, it } from 'vitest'
import { signpost } from '../../examples/custom-plugin/plugin.ts'
import { signpostSimulator } from '../../examples/custom-plugin/simulator.ts'
import { runCommand } from '../packaging/run-command.ts'
import { workspaceRoot } from '../rooms/workspace-packages.ts'

const checks = await pluginChecks({
  plugin: (baseUrl) => signpost({ baseUrl }),
  start: () => startSimulator(signpostSimulator),
  credentials: () => ({ token: 'signpost-token' }),
  refusedCredentials: () => ({ token: 'another-token' }),
  columns: { company: [{ cells: [{ email: 'ada@bluepeak.test' }, { email: 'eve@kestrel.test' }] }] },
  sources: { people: [{ settings: { list: 'l1' }, records: 25 }] },
  actions: {
    invite: [
      {
        settings: { list: 'l1' },
        rows: [{ email: 'ada@bluepeak.test' }],
        effects: (vendor) => vendor.state.invited.size,
      },
    ],
  },
  webhooks: {
    replies: {
      message: (to, secret) => ({ to, secret, body: { id: 'r1', person: { id: 'p1', email: 'ada@bluepeak.test' } } }),
    },
  },
})

describe('the example of a plugin keeps the contract', () => {
  for (const check of checks) it(check.name, check.run)
})

it('the example of a plugin runs', async () => {
  const folder = join(workspaceRoot, 'examples/custom-plugin')
  const printed = await runCommand(process.execPath, ['--conditions=@opslayer/source', 'main.ts'], folder)
  expect(printed).toContain('Acme at Signpost is connected, key …oken')
  expect(printed).toContain('25 people are rows now')
  expect(printed).toContain('11 of them are invited')
})

it('the guide on plugins shows what the example holds', () => {
  const folder = join(workspaceRoot, 'examples/custom-plugin')
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'))
  const sources = [
    ...files.map((file) => readFileSync(join(folder, file), 'utf8')),
    readFileSync(import.meta.filename, 'utf8'),
  ]
  const guide = readFileSync(join(workspaceRoot, 'docs/guides/write-a-plugin.md'), 'utf8')
  const blocks = [...guide.matchAll(/^```typescript\n(.*?)^```$/gms)].map(([, code = '']) => code)
  expect(blocks.length).toBeGreaterThan(7)
  expect(blocks.filter((block) => !sources.some((source) => source.includes(block)))).toEqual([])
})
