import type { Form } from '@opslayer/core/plugin'
import { describe, expect, it } from 'vitest'
import type { OpsColumnPart, OpsPlugin } from '../data/client/plugins-calls.ts'
import type { TableColumn } from '../data/client/tables-calls.ts'
import { fillDraftOf, fillInput, startFill } from './fill-draft.ts'
import { missingInPart, suitedSources } from './part-draft.ts'

function column(key: string, type: string, name = key): TableColumn {
  return {
    id: `col_${key}`,
    key,
    name,
    type,
    typeFault: null,
    description: '',
    settings: {},
    defaultValue: null,
    defaultFormula: null,
    formula: null,
    fill: null,
    rule: null,
    unique: false,
    locked: false,
    hidden: false,
  }
}

const inputs: Form = {
  fields: [
    { key: 'email', label: 'E-mail address', required: true, kind: 'text', columnTypes: ['email'] },
    { key: 'company', label: 'Company', required: false, kind: 'text' },
  ],
}

const part: OpsColumnPart = {
  id: 'verification',
  name: 'Verify e-mail',
  description: '',
  category: 'verify',
  provider: 'Reoon',
  inputs,
  value: { type: 'dropdown', settings: {} },
  settings: {
    fields: [{ key: 'list', label: 'List', required: true, kind: 'text' }],
  },
}

const plugin: OpsPlugin = {
  id: 'reoon',
  version: '1.0.0',
  name: 'Reoon',
  description: '',
  methods: [{ kind: 'apiKey', label: 'API key', form: { fields: [] } }],
  columnTypes: [part],
  sources: [],
  actions: [],
}

describe('a column that a plugin fills', () => {
  it('begins with the columns that suit its inputs by type and by name, each once', () => {
    const columns = [
      column('name', 'text'),
      column('work', 'email'),
      column('mail', 'email', 'Email'),
      column('firm', 'text'),
    ]
    expect(suitedSources(inputs, columns)).toEqual({ email: { column: 'mail' }, company: null })
    expect(suitedSources(inputs, [column('work', 'email'), column('company_name', 'text')])).toEqual({
      email: { column: 'work' },
      company: { column: 'company_name' },
    })
  })

  it('misses what is required, and hands in what is filled', () => {
    const draft = startFill(part, [column('name', 'text')])
    expect(missingInPart(draft, part, plugin)).toEqual(['connectionId', 'email', 'list'])
    const filled = {
      ...draft,
      connectionId: 'con_1',
      settings: { list: 'l1' },
      inputs: { email: { formula: 'LOWER(@name)' }, company: { value: ' ' } },
    }
    expect(missingInPart(filled, part, plugin)).toEqual([])
    expect(fillInput('reoon', part, { ...filled, inputs: { ...filled.inputs, company: { value: '' } } })).toEqual({
      plugin: 'reoon',
      part: 'verification',
      connectionId: 'con_1',
      settings: { list: 'l1' },
      inputs: { email: { formula: 'LOWER(@name)' } },
      condition: null,
      auto: false,
      limits: { perRun: null, perMonth: null },
    })
  })

  it('is the same after its form', () => {
    const fill = {
      plugin: 'reoon',
      part: 'verification',
      connectionId: 'con_1',
      settings: { list: 'l1' },
      inputs: { email: { column: 'mail' } },
      condition: { column: 'stage', op: 'is', value: 'new' },
      auto: true,
      limits: { perRun: 10, perMonth: null },
      fault: null,
    }
    const { fault: _fault, ...input } = fill
    expect(fillInput('reoon', part, fillDraftOf('Verdict', fill, part))).toEqual(input)
  })
})
