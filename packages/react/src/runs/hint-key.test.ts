import { expect, it } from 'vitest'
import { hintKey } from './hint-key.ts'

it('tells what to do about a code, and about the status of any refusal', () => {
  expect(['TIMEOUT', 'NO_ANSWER', 'PLUGIN_FAILED', '400', '404', '429'].map(hintKey)).toEqual([
    'hint.TIMEOUT',
    'hint.NO_ANSWER',
    'hint.PLUGIN_FAILED',
    'hint.400',
    'hint.404',
    'hint.429',
  ])
  expect(['402', '451', '500', '503'].map(hintKey)).toEqual(['hint.4xx', 'hint.4xx', 'hint.5xx', 'hint.5xx'])
})

it('knows nothing about what plugins call by names of their own', () => {
  expect(['NO_MAILBOX', '', '200', 'constructor'].filter((code) => hintKey(code) !== undefined)).toEqual([])
})
