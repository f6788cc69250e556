import { definePlugin } from '@opslayer/core/plugin'
import { credentials, readBalance, reoonUrl } from './api.ts'
import { verification } from './columns/verification.ts'
import { account } from './sources/account.ts'

export interface ReoonOptions {
  /** Where the API lies: a simulator's address in tests. @default Reoon's own */
  readonly baseUrl?: string
}

/**
 * Reoon's e-mail verifier: one address at a time in quick or power mode, lists of up to 50,000 in power mode.
 *
 * @example
 * const ops = createOps({ database, plugins: [reoon()] })
 */
export function reoon({ baseUrl = reoonUrl }: ReoonOptions = {}) {
  return definePlugin({
    id: 'reoon',
    version: '1.0.0',
    name: 'Reoon',
    description: 'Tells which e-mail addresses can be written to.',
    docsUrl: 'https://www.reoon.com/articles/api-documentation-of-reoon-email-verifier/',
    credentials,
    baseUrl,
    // "Not more than 5 parallel threads", by its documentation. No other limit is published.
    rateLimits: [{ maxInFlight: 5, paths: ['/verify'] }],
    test: async (ctx) => {
      await readBalance(ctx)
      return {}
    },
  })
    .columnType(verification)
    .source(account)
}
