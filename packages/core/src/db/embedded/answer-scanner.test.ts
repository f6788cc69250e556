import { describe, expect, it } from 'vitest'
import { AnswerScanner } from './answer-scanner.ts'
import { wireMessage } from './wire-messages.ts'

const notification = wireMessage('A', Buffer.from('\0\0\0\x2achannel\0payload\0'))
const answer = Buffer.concat([
  wireMessage('T', Buffer.alloc(40)),
  wireMessage('D', Buffer.alloc(5000, 'Z')),
  wireMessage('C', Buffer.from('LISTEN\0')),
  notification,
  wireMessage('Z', Buffer.from('T')),
])

function scan(chunks: readonly Uint8Array[]): unknown[] {
  const seen: unknown[] = []
  const scanner = new AnswerScanner({
    onReady: (status) => seen.push(status),
    onCommand: (tag) => seen.push(tag),
    onNotification: (message) => seen.push(message),
  })
  for (const chunk of chunks) scanner.push(chunk)
  return seen
}

describe('AnswerScanner', () => {
  it('tells commands, notifications and the transaction state, and passes over rows', () => {
    expect(scan([answer])).toEqual(['LISTEN', notification, 'T'])
  })

  it.each([1, 3, 7, 4096])('sees the same in chunks of %i bytes', (size) => {
    const chunks = Array.from({ length: Math.ceil(answer.length / size) }, (_, index) =>
      answer.subarray(index * size, (index + 1) * size),
    )
    expect(scan(chunks)).toEqual(scan([answer]))
  })
})
