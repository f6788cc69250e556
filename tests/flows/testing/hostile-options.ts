import type { OpsOptions } from '@opslayer/core'
import { hostile } from './hostile-plugin.ts'
import { paidPlugin } from './paid-vendor.ts'

const encryptionKeys = [{ id: 'k1', key: Buffer.alloc(32, 7).toString('base64') }]

/** How opslayer is opened for plugins that misbehave, also in another process. */
export function hostileOptions(vendorUrl: string, version: 1 | 2 = 1): Omit<OpsOptions, 'database'> {
  return {
    plugins: [hostile(version), paidPlugin(vendorUrl, { timeoutMs: 1_000 })],
    encryptionKeys,
    allowedOrigins: [new URL(vendorUrl).origin],
  }
}
