import { describe, expect, it } from 'vitest'
import type { ImportCheck, ImportProposal, UploadedFile } from '../data/client/imports-calls.ts'
import {
  defaultSettings,
  firstState,
  type ImportEvent,
  type ImportState,
  isDecided,
  nextState,
} from './import-state.ts'

const file: UploadedFile = { upload: 'upload_1', name: 'leads.csv', size: 12 }
const proposal: ImportProposal = {
  plan: {
    format: { kind: 'json-lines', encoding: 'utf-8', header: false },
    target: { kind: 'new', name: 'Leads' },
    columns: [],
  },
  columns: [],
  evidence: [],
  warnings: [],
  sheets: [],
  estimatedRows: 2,
}
const counts = { rows: 2, created: 2, updated: 0, unchanged: 0, skipped: 0, duplicates: 0, rejected: 0, warnings: 0 }
const check: ImportCheck = { ...counts, rejectedRows: [], keptTexts: [], newOptions: {} }

const events = {
  chosen: { type: 'chosen', name: 'leads.csv' },
  sent: { type: 'sent', share: 0.5 },
  uploaded: { type: 'uploaded', file },
  proposed: { type: 'proposed', proposal },
  'format-changed': { type: 'format-changed' },
  'check-asked': { type: 'check-asked' },
  checked: { type: 'checked', check },
  'start-asked': { type: 'start-asked' },
  started: { type: 'started', runId: 'run_1' },
  failed: { type: 'failed', message: 'No.' },
  back: { type: 'back' },
} as const satisfies Partial<Record<ImportEvent['type'], ImportEvent>>

const run = (...names: readonly (keyof typeof events)[]) =>
  names.reduce<ImportState>((state, name) => nextState(state, events[name]), firstState)

const ways = {
  choose: [],
  uploading: ['chosen'],
  reading: ['chosen', 'uploaded'],
  mapping: ['chosen', 'uploaded', 'proposed'],
  rereading: ['chosen', 'uploaded', 'proposed', 'format-changed'],
  checking: ['chosen', 'uploaded', 'proposed', 'check-asked'],
  checked: ['chosen', 'uploaded', 'proposed', 'check-asked', 'checked'],
  starting: ['chosen', 'uploaded', 'proposed', 'check-asked', 'checked', 'start-asked'],
  running: ['chosen', 'uploaded', 'proposed', 'check-asked', 'checked', 'start-asked', 'started'],
} as const satisfies Record<ImportState['step'], readonly (keyof typeof events)[]>

/** Where each event leads from each step; what is not named is ignored. */
const transitions: Record<ImportState['step'], Partial<Record<keyof typeof events, ImportState['step']>>> = {
  choose: { chosen: 'uploading' },
  uploading: { sent: 'uploading', uploaded: 'reading', failed: 'choose', back: 'choose' },
  reading: { proposed: 'mapping', failed: 'choose', back: 'choose' },
  mapping: { 'format-changed': 'rereading', 'check-asked': 'checking', back: 'choose' },
  rereading: { proposed: 'mapping', failed: 'mapping', back: 'mapping' },
  checking: { checked: 'checked', failed: 'mapping', back: 'mapping' },
  checked: { 'start-asked': 'starting', back: 'mapping' },
  starting: { started: 'running', failed: 'checked' },
  running: {},
}

describe('an import', () => {
  it.each(Object.keys(transitions) as ImportState['step'][])('goes on from "%s" as the table says', (step) => {
    const state = run(...ways[step])
    expect(state.step).toBe(step)
    for (const name of Object.keys(events) as (keyof typeof events)[]) {
      const after = nextState(state, events[name])
      const expected = transitions[step][name]
      if (expected === undefined) expect(after, name).toBe(state)
      else expect(after.step, name).toBe(expected)
    }
  })

  it('is lost without a question only while nothing was decided', () => {
    const proposed = run(...ways.checked)
    expect(isDecided(proposed)).toBe(false)
    expect(isDecided(run(...ways.running))).toBe(false)
    const mapping = run(...ways.mapping)
    const plan = { ...proposal.plan, target: { kind: 'new', name: 'Others' } } as const
    const planned = nextState(mapping, { type: 'plan-changed', plan })
    expect(isDecided(planned)).toBe(true)
    expect(isDecided(nextState(planned, events['check-asked']))).toBe(true)
    const settings = { ...defaultSettings, onInvalid: 'reject' } as const
    expect(isDecided(nextState(mapping, { type: 'settings-changed', settings }))).toBe(true)
  })

  it('keeps the plan when a check or a start fails, and says why', () => {
    expect(nextState(run(...ways.checking), events.failed)).toMatchObject({ fault: 'No.', plan: proposal.plan })
    expect(nextState(run(...ways.starting), events.failed)).toMatchObject({ step: 'checked', fault: 'No.', check })
  })
})
