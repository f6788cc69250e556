import { startSimulator } from '@opslayer/core/testing'
import { reoonSimulator } from '@opslayer/plugins/reoon/simulator'

/**
 * Reoon, the verifier of e-mail addresses, as a simulator on this machine: the same protocol, nothing leaves the demo. Now
 * and then it refuses, as vendors do.
 */
export async function startVendor() {
  const simulator = await startSimulator(reoonSimulator, { seed: { dailyCredits: 20_000 } })
  const refusal = { status: 400, json: { status: 'error', reason: 'The mail server does not let itself be asked' } }
  simulator.faults.add({
    kind: 'answer',
    on: 'GET /verify',
    answer: refusal,
    chance: 0.03,
    times: Number.MAX_SAFE_INTEGER,
  })
  return simulator
}
