import { expect, it } from 'vitest'
import { collectSentCalls } from '../connections/sent-calls.ts'
import { HttpError } from '../http/http-error.ts'
import { builtInColumnTypes } from '../values/built-in-types.ts'
import { checkedOutcome, outcomeOfError } from './checked-outcome.ts'

const context = { locale: 'en-US', timeZone: 'UTC', now: new Date() }

it('tells a refusal by its status, and an answer that cannot be used by what is wrong with it', () => {
  const codeOf = (status: number): string => {
    const error = new HttpError('VENDOR_ANSWER_INVALID', 'Too large.', { status, effect: 'unknown' })
    const outcome = outcomeOfError(error, { sent: collectSentCalls(), perItem: 1 })
    return outcome.status === 'failed' ? outcome.code : outcome.status
  }
  expect([codeOf(429), codeOf(200)]).toEqual(['429', 'VENDOR_ANSWER_INVALID'])
})

it('says in a sentence what is wrong with what a plugin gave', () => {
  const column = { columnType: builtInColumnTypes.text, settings: {} }
  const messageOf = (given: unknown): string => {
    const outcome = checkedOutcome(given, column, context)
    return outcome.status === 'failed' ? outcome.message : outcome.status
  }
  expect(messageOf({ upper: 1 })).toBe('The plugin gave what is no outcome: use done(…), failed(…) or skipped(…).')
  expect(messageOf({ status: 'fine' })).toBe('The plugin gave the status "fine".')
})
