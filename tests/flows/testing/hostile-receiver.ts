import type { OpsOptions } from '@opslayer/core'
import { apiKey, definePlugin, sharedSecret } from '@opslayer/core/plugin'
import * as z from 'zod'

/** How opslayer is opened for a plugin that what comes by webhook makes end its process; its second version no longer does. */
export function hostileReceiverOptions(version: 1 | 2 = 1): Omit<OpsOptions, 'database'> {
  return {
    plugins: [hostileReceiver(version)],
    encryptionKeys: [{ id: 'k1', key: Buffer.alloc(32, 7).toString('base64') }],
    publicUrl: 'https://app.example.com/ops',
  }
}

function hostileReceiver(version: 1 | 2) {
  return definePlugin({
    id: 'hostile',
    version: `${version}.0.0`,
    name: 'Hostile',
    credentials: apiKey({ fields: z.object({ key: z.string() }) }),
    test: async () => ({}),
  }).webhook({
    id: 'heard',
    name: 'Heard',
    description: 'Tells of words.',
    verify: sharedSecret({ header: 'x-secret' }),
    parse: ({ body }) => {
      const word = new TextDecoder().decode(body)
      if (word === 'exit' && version === 1) process.kill(process.pid, 'SIGKILL')
      if (word === 'loop' && version === 1) for (;;);
      return [{ kind: 'event', type: 'heard', data: word }]
    },
  })
}
