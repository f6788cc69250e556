import { createHmac } from 'node:crypto'
import { defineSimulator, pageByCursor } from '@opslayer/core/testing'

/** Signpost on a local port: the same paths, limits and refusals. */
export const signpostSimulator = defineSimulator({
  id: 'signpost',
  base: '/v1',
  state: () => ({
    people: Array.from({ length: 25 }, (_, n) => ({
      id: `p${n}`,
      email: `person${n}@example.com`,
      joined: '2026-11-01T09:00:00Z',
    })),
    invited: new Map<string, string>(),
  }),
  authorize: ({ request }) =>
    request.headers.get('authorization') === 'Bearer signpost-token' ? undefined : { status: 401 },
  limits: { second: { max: 50, perMs: 1_000 } },
  signWebhook: ({ body, secret, at }) => {
    const time = String(Math.floor(at.getTime() / 1_000))
    const signature = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')
    return { 'x-signpost-time': time, 'x-signpost-signature': signature }
  },
  routes: {
    'GET /me': () => ({ json: { id: 'acc_1', name: 'Acme at Signpost' } }),
    'GET /companies': ({ request, bill }) => {
      const domain = request.query.get('domain') ?? ''
      if (domain.startsWith('unknown')) return { status: 404 }
      bill.charge(1, domain)
      return { json: { name: domain.split('.')[0], confidence: 0.9 } }
    },
    'GET /lists': () => ({ json: { lists: [{ id: 'l1', name: 'Newsletter' }] } }),
    'GET /people': ({ request, state }) => {
      const { items, next } = pageByCursor(state.people, { after: request.query.get('after'), limit: 10 })
      return { json: { people: items, ...(next === undefined ? {} : { next }) } }
    },
    'POST /lists/:list/people': ({ request, state }) => {
      const key = request.headers.get('idempotency-key') ?? ''
      const id = state.invited.get(key) ?? `i${state.invited.size}`
      state.invited.set(key, id)
      return { status: 201, json: { id } }
    },
  },
})
