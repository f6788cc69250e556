import { openPlugin, pluginChecks, startSimulator } from '@opslayer/core/testing'
import { describe, expect, it } from 'vitest'
import { reoon } from './plugin.ts'
import { reoonSimulator } from './simulator/simulator.ts'

const credentials = { key: 'reoon-key' }
const mail = (...names: readonly string[]) => names.map((name) => ({ email: `${name}@example.com` }))

const several = mail(
  'safe',
  'invalid',
  'catch_all',
  'role_account',
  'unknown',
  'inbox_full',
  'disabled',
  'disposable',
  'ada+1',
  'Bob',
  'eve',
  'mallory',
)

const checks = await pluginChecks({
  plugin: (baseUrl) => reoon({ baseUrl }),
  start: () => startSimulator(reoonSimulator),
  credentials: () => credentials,
  refusedCredentials: () => ({ key: 'somebody-elses-key' }),
  columns: {
    verification: [
      { settings: { mode: 'quick' }, cells: mail('ada', 'invalid', 'disposable') },
      // Reoon knows no keys of submissions.
      { settings: { mode: 'power' }, cells: several, unkeyed: true },
    ],
  },
  sources: { account: [{ records: 1 }] },
})

describe('reoon keeps the contract', () => {
  for (const check of checks) it(check.name, check.run)
})

/** The vendor's time passes by `advance` alone. */
async function openReoon() {
  const vendor = await startSimulator(reoonSimulator, { frozen: true })
  const plugin = reoon({ baseUrl: vendor.url })
  const now = () => vendor.clock.date()
  const opened = openPlugin(plugin, { credentials, allowedOrigins: [new URL(vendor.url).origin], now })
  const { cell, task } = plugin.parts.columnTypes.verification
  if (cell === undefined || task === undefined) throw new Error('It has both ways')
  return {
    vendor,
    cell,
    task,
    ctx: opened.ctx as Parameters<typeof cell>[0],
    [Symbol.asyncDispose]: async () => {
      await opened[Symbol.asyncDispose]()
      await vendor.close()
    },
  }
}

const power = { mode: 'power' } as const

describe('reoon', () => {
  it('asks about the address as it is, its plus sign included', async () => {
    await using at = await openReoon()
    const outcome = await at.cell(at.ctx, { inputs: { email: 'ada+list@example.com' }, settings: power })
    expect(outcome).toMatchObject({
      status: 'done',
      raw: { email: 'ada+list@example.com', is_deliverable: expect.any(Boolean) },
    })
    expect(at.vendor.journal.entries[0]?.query.email).toBe('ada+list@example.com')
  })

  it('keeps the words of both modes apart, and leaves out what quick mode does not say', async () => {
    await using at = await openReoon()
    const inputs = { email: 'carol@example.com' }
    const quick = await at.cell(at.ctx, { inputs, settings: { mode: 'quick' } })
    expect(quick).toMatchObject({ status: 'done', value: 'valid' })
    expect(quick).not.toHaveProperty('confidence')
    expect((quick as { raw: object }).raw).not.toHaveProperty('is_deliverable')
    expect(await at.cell(at.ctx, { inputs, settings: power })).toMatchObject({ value: 'safe', confidence: 0.98 })
  })

  it('takes the vendor’s “unknown” for a verdict, and what it could not ask for none', async () => {
    await using at = await openReoon()
    const inputs = { email: 'unknown@example.com' }
    expect(await at.cell(at.ctx, { inputs, settings: power })).toMatchObject({ status: 'done', value: 'unknown' })
    at.vendor.faults.add({ kind: 'answer', answer: { json: { status: 'error', reason: 'Something went wrong' } } })
    await expect(at.cell(at.ctx, { inputs, settings: power })).rejects.toMatchObject({ code: 'VENDOR_REFUSED' })
    at.vendor.faults.add({ kind: 'drift', change: (json) => ({ ...(json as object), email: 'other@example.com' }) })
    await expect(at.cell(at.ctx, { inputs, settings: power })).rejects.toMatchObject({ code: 'VENDOR_ANSWER_INVALID' })
  })

  it('says when the credits are used up', async () => {
    await using at = await openReoon()
    at.vendor.state.dailyCredits = 0
    at.vendor.state.instantCredits = 0
    const asked = at.cell(at.ctx, { inputs: { email: 'ada@example.com' }, settings: power })
    await expect(asked).rejects.toMatchObject({ code: 'QUOTA_EXHAUSTED' })
  })

  it('has five single verifications under way at most, and gets all of twenty through', async () => {
    await using at = await openReoon()
    const asked = Array.from({ length: 20 }, (_, n) =>
      at.cell(at.ctx, { inputs: { email: n % 2 === 0 ? 'slow@example.com' : `p${n}@example.com` }, settings: power }),
    )
    const outcomes = await Promise.all(asked)
    expect(outcomes.filter(({ status }) => status === 'done')).toHaveLength(20)
    expect(at.vendor.journal.find({ status: 429 })).toHaveLength(0)
    expect(at.vendor.bill.total).toBe(20)
  })

  it('sends a list once with each address, polls it, and gives doubles and rejects what is theirs', async () => {
    await using at = await openReoon()
    const emails = [...several.map(({ email }) => email), 'EVE@example.com ', 'no address at all', 'eve@example.com']
    const cells = emails.map((email, n) => ({ key: String(n), inputs: { email } }))
    const common = { settings: power, idempotencyKey: 'k', callbackUrl: () => '' }
    const { state } = await at.task.submit(at.ctx, { ...common, cells })
    expect(state).toEqual({ taskId: '100000' })
    expect(await at.task.poll(at.ctx, { state, settings: power })).toEqual({ status: 'running', progress: 0 })
    await at.vendor.clock.advance(10_000)
    expect(await at.task.poll(at.ctx, { state, settings: power })).toMatchObject({ status: 'running' })
    await at.vendor.clock.advance(10_000)
    expect(await at.task.poll(at.ctx, { state, settings: power })).toEqual({ status: 'finished' })
    const { outcomes } = await at.task.collect(at.ctx, { state, cells, settings: power, cursor: undefined })
    const byKey = new Map(outcomes)
    expect(byKey.get('0')).toMatchObject({ status: 'done', value: 'safe' })
    expect(byKey.get('1')).toMatchObject({ status: 'done', value: 'invalid' })
    expect(byKey.get('12')).toEqual(byKey.get('10'))
    expect(byKey.get('14')).toEqual(byKey.get('10'))
    expect(byKey.get('13')).toMatchObject({ status: 'failed', code: 'LEFT_OUT' })
    expect(at.vendor.bill.total).toBe(12)
  })

  it('gives a list up whose results are gone', async () => {
    await using at = await openReoon()
    const lost = await at.task.poll(at.ctx, { state: { taskId: '7' }, settings: power })
    expect(lost).toMatchObject({ status: 'failed', code: 'TASK_GONE', retryable: true })
  })
})
