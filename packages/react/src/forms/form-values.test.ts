import type { Form } from '@opslayer/core/plugin'
import { describe, expect, it } from 'vitest'
import { filledValues, missingFields, startValues } from './form-values.ts'

const form: Form = {
  fields: [
    { key: 'mode', label: 'Mode', required: false, default: 'power', kind: 'text' },
    { key: 'campaign', label: 'Campaign', required: true, kind: 'text' },
    {
      key: 'decimals',
      label: 'Decimals',
      required: false,
      nullable: true,
      default: null,
      kind: 'number',
      integer: true,
    },
    {
      key: 'where',
      label: 'Where',
      required: false,
      kind: 'group',
      fields: [{ key: 'country', label: 'Country', required: true, kind: 'text' }],
    },
  ],
}

describe('a form', () => {
  it('begins with the defaults and what is given', () => {
    expect(startValues(form, { campaign: 'c1', where: { country: 'DE' } })).toEqual({
      mode: 'power',
      campaign: 'c1',
      decimals: null,
      where: { country: 'DE' },
    })
  })

  it('hands in what is filled, and null where that has a meaning', () => {
    expect(filledValues(form, { ...startValues(form), mode: ' ' })).toEqual({ decimals: null })
    expect(filledValues(form, { campaign: 'c1', where: { country: 'DE' } })).toEqual({
      campaign: 'c1',
      decimals: null,
      where: { country: 'DE' },
    })
  })

  it('misses what is required, inside of a group once that is begun', () => {
    expect(missingFields(form, startValues(form))).toEqual([['campaign']])
    const begun = {
      key: 'where',
      label: 'Where',
      required: true,
      kind: 'group' as const,
      fields: form.fields.slice(1, 2),
    }
    expect(missingFields({ fields: [begun] }, {})).toEqual([['where', 'campaign']])
  })
})
