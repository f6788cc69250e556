import type { SimulatorClock } from './simulator-clock.ts'

/** A webhook to be sent. */
export interface WebhookMessage {
  readonly to: string | URL
  /** Sent as JSON, or as it is if it is a text. */
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** What the vendor signs with. */
  readonly secret?: string
}

/** What a vendor adds to a webhook: signature, time, id of the delivery. */
export type SignWebhook = (message: {
  readonly to: URL
  readonly body: string
  readonly secret: string
  readonly at: Date
}) => Readonly<Record<string, string>>

export interface WebhookDisorder {
  /** Sends each one twice, with the same signature. @default false */
  readonly duplicated?: boolean
  /** Sends them in another order, by the simulator's seed. @default false */
  readonly shuffled?: boolean
}

export interface SimulatorWebhooks {
  /** Sends one, and gives the status that it was answered with. */
  send(message: WebhookMessage): Promise<number>
  /** Sends several one after the other; gives their statuses in the order in which they were sent. */
  sendAll(messages: readonly WebhookMessage[], disorder?: WebhookDisorder): Promise<readonly number[]>
}

export function createWebhooks(
  sign: SignWebhook | undefined,
  clock: SimulatorClock,
  random: () => number,
): SimulatorWebhooks {
  function signed({ to, body, headers = {}, secret = '' }: WebhookMessage): () => Promise<number> {
    const url = new URL(to)
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const proof = sign?.({ to: url, body: text, secret, at: clock.date() }) ?? {}
    return async () => {
      const all = { 'content-type': 'application/json', ...proof, ...headers }
      const response = await fetch(url, { method: 'POST', headers: all, body: text, redirect: 'manual' })
      await response.body?.cancel()
      return response.status
    }
  }

  return {
    send: async (message) => await signed(message)(),
    sendAll: async (messages, { duplicated = false, shuffled = false } = {}) => {
      const sendings = messages.map(signed).flatMap((send) => (duplicated ? [send, send] : [send]))
      if (shuffled) {
        for (let place = sendings.length - 1; place > 0; place -= 1) {
          const other = Math.floor(random() * (place + 1))
          const [a, b] = [sendings[place], sendings[other]]
          if (a !== undefined && b !== undefined) sendings.splice(place, 1, b)
          if (a !== undefined && b !== undefined) sendings.splice(other, 1, a)
        }
      }
      const statuses: number[] = []
      for (const send of sendings) statuses.push(await send())
      return statuses
    },
  }
}
