import { describe, expect, it } from 'vitest'
import { RequestQueue } from './request-queue.ts'

function queueOf(...connections: number[]): RequestQueue<{ connection: number }> {
  const queue = new RequestQueue<{ connection: number }>()
  for (const connection of connections) queue.add({ connection })
  return queue
}

describe('RequestQueue', () => {
  it('serves in the order of arrival while nobody owns the session', () => {
    const queue = queueOf(1, 2, 1)
    expect([queue.take(), queue.take(), queue.take(), queue.take()].map((request) => request?.connection)).toEqual([
      1,
      2,
      1,
      undefined,
    ])
  })

  it('serves the owner first and lets the others wait', () => {
    const queue = queueOf(1, 2, 1)
    queue.own(2)
    expect(queue.take()).toEqual({ connection: 2 })
    expect(queue.take()).toBeUndefined()
    queue.disown()
    expect(queue.take()).toEqual({ connection: 1 })
  })

  it('forgets what a connection that left was waiting for', () => {
    const queue = queueOf(1, 2, 1)
    queue.drop(1)
    expect(queue.take()).toEqual({ connection: 2 })
    expect(queue.take()).toBeUndefined()
  })
})
