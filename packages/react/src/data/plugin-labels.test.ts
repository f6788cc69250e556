import { expect, it } from 'vitest'
import type { OpsPlugin } from './client/plugins-calls.ts'
import { pluginLabels } from './plugin-labels.ts'

const partOf = (id: string, label: string) =>
  ({
    id,
    name: id,
    description: '',
    settings: { fields: [] },
    inputs: { fields: [{ key: 'email', kind: 'text', label, isRequired: true }] },
    output: { fields: [] },
  }) as unknown as OpsPlugin['columnTypes'][number] & OpsPlugin['actions'][number]

const plugin = (id: string, column: string, action: string) =>
  ({
    id,
    name: id,
    methods: [],
    columnTypes: [partOf('verify', column)],
    sources: [],
    actions: [partOf('invite', action)],
  }) as unknown as OpsPlugin

it('are known by what the plugin itself calls its inputs', () => {
  const plugins = [plugin('acme', 'E-mail address', 'Recipient'), plugin('other', 'E-mail address', 'List')]
  const texts = {
    'plugin.acme.verify.email': 'E-Mail-Adresse',
    'plugin.acme.invite.email': 'Empfänger',
    'plugin.other.verify.email': 'Adresse',
  }
  expect([...pluginLabels(plugins, texts)].sort()).toEqual([
    ['E-mail address', 'E-Mail-Adresse'],
    ['Recipient', 'Empfänger'],
  ])
  expect(pluginLabels(plugins, {}).size).toBe(0)
})
