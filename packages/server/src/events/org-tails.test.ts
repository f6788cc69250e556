import { expect, it, vi } from 'vitest'
import { describeOneDatabase } from '../../../../tests/databases/describe-databases.ts'
import { openOps } from '../../../../tests/flows/testing/open-ops.ts'
import type { TailPage } from './org-tail.ts'
import { tailsOf } from './org-tails.ts'

describeOneDatabase('the tail of an org', (makeDatabase) => {
  it('that has just ended is nobody’s any more: who comes then gets one that goes on', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'ann' } })
    const leads = await acme.tables.create({ name: 'Leads', columns: [{ name: 'Name', type: 'text' }] })
    const tails = tailsOf(test.ops)
    const last = await tails.of('acme').listen(() => {})
    const heard = Promise.withResolvers<TailPage>()
    // The one who comes does so in the moment in which nobody has listened for long enough.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    last.end()
    vi.advanceTimersToNextTimer()
    const listening = tails.of('acme').listen(heard.resolve)
    vi.useRealTimers()
    const { end } = await listening
    await acme.rows.insert(leads.id, [{ cells: {} }])
    expect((await heard.promise).changes).toMatchObject([{ kind: 'rows-inserted', tableId: leads.id }])
    end()
  })
})
