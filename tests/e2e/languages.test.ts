import { builtInRegistry, describeFunctions } from '@opslayer/core/formula'
import { sentences } from '@opslayer/core/sentences'
import { englishTexts } from '@opslayer/react'
import { describe, expect, it } from 'vitest'
import { german } from '../../examples/host-app/client/german/german.ts'

const own: Readonly<Record<string, string | undefined>> = german
const english = {
  ...englishTexts,
  ...Object.fromEntries(
    Object.entries(sentences).map(([key, text]) => [`said.${key}`, text.replaceAll(/\{[#~]/g, '{')]),
  ),
}
const holesOf = (text: string) => [...new Set(text.match(/\{[a-z]\w*\}/gi))].sort()
const functions = describeFunctions(builtInRegistry).map(({ name }) => `function.${name}`)

describe('the German dictionary', () => {
  it('says everything that there is to say', () => {
    expect([...Object.keys(english), ...functions].filter((key) => own[key] === undefined)).toEqual([])
  })

  it('says nothing that there is not', () => {
    const known = new Set([...Object.keys(english), ...functions])
    const unknown = Object.keys(own).filter(
      (key) => !key.startsWith('plugin.') && !known.has(key) && !known.has(key.replace(/-(one|other)$/, '')),
    )
    expect(unknown).toEqual([])
  })

  it('tells what the English tells: nothing is left out and nothing has no value', () => {
    const other = Object.entries(english).filter(([key, text]) => {
      const said = own[key]
      return said !== undefined && holesOf(said).join() !== holesOf(text).join()
    })
    expect(other.map(([key]) => key)).toEqual([])
  })
})
