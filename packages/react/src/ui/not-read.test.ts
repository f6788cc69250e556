import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { NotRead } from './not-read.tsx'

/** What a client throws for an answer of the server. */
const thrown = (code: string, retryable: boolean) =>
  Object.assign(new Error('This is not allowed (runs.read). Ask an administrator.'), {
    data: { ops: { code, retryable } },
  })

const shown = (error: Error) =>
  renderToStaticMarkup(createElement(NotRead, { title: 'Runs', error, onRetry: () => {} }))

describe('what could not be read', () => {
  it.each([
    ['FORBIDDEN', false],
    ['NOT_FOUND', false],
    ['INVALID_INPUT', false],
  ] as const)('is not offered to be tried again after %s, which stays so', (code, retryable) => {
    const html = shown(thrown(code, retryable))
    expect(html).toContain('Ask an administrator.')
    expect(html).not.toContain('Try again')
  })

  it('is offered to be tried again where no answer came, the server is busy, or has failed', () => {
    expect(shown(new TypeError('Failed to fetch'))).toContain('Try again')
    expect(shown(thrown('TIMEOUT', true))).toContain('Try again')
    expect(shown(thrown('INTERNAL', false))).toContain('Try again')
  })
})
