import { defineSimulator } from '../../testing/simulator/define-simulator.ts'
import { type RunningSimulator, startSimulator } from '../../testing/simulator/start-simulator.ts'

/** A vendor that echoes what it is told, counts what it does and says what each limit says. */
const vendor = defineSimulator({
  id: 'vendor',
  base: '/api',
  state: () => ({ effects: 0 }),
  limits: { rate: { max: 1_000_000, perMs: 1_000 }, threads: { maxInFlight: 1_000_000 } },
  routes: {
    'GET /echo': ({ request }) => ({
      json: { query: Object.fromEntries(request.query), headers: Object.fromEntries(request.headers) },
    }),
    'GET /things/:id': ({ request }) => ({ json: { id: request.params.id }, headers: { 'x-request-id': 'req-7' } }),
    'POST /effects': ({ state }) => {
      state.effects += 1
      return { status: 201, json: { effects: state.effects } }
    },
    'GET /large': () => ({ body: new Uint8Array(2_000_000) }),
    'GET /slow': async ({ request }) => {
      await new Promise((resolve) => setTimeout(resolve, Number(request.query.get('ms') ?? 20)))
      return { json: {} }
    },
  },
})

export type Vendor = RunningSimulator<
  { effects: number },
  'GET /echo' | 'GET /things/:id' | 'POST /effects' | 'GET /large' | 'GET /slow',
  'rate' | 'threads'
>

export function startVendor(): Promise<Vendor> {
  return startSimulator(vendor)
}
