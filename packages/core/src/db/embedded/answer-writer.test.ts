import { describe, expect, it } from 'vitest'
import { AnswerWriter } from './answer-writer.ts'
import { answerMessageBytes, control, type FromWorker } from './worker-messages.ts'

type Answer = Extract<FromWorker, { kind: 'answer' }>

/** A writer whose reader takes each message at once. */
function openWriter() {
  const words = new Int32Array(new SharedArrayBuffer(control.words * 4))
  const posted: Answer[] = []
  const writer = new AnswerWriter(words, (message) => {
    if (message.kind !== 'answer') return
    posted.push(message)
    Atomics.sub(words, control.unreadBytes, message.bytes.length)
  })
  return { writer, posted, words }
}

describe('AnswerWriter', () => {
  it('sends a small answer as one message, with the state of the session', () => {
    const { writer, posted } = openWriter()
    writer.write(7, Uint8Array.of(1, 2))
    writer.write(7, Uint8Array.of(3))
    writer.finish(7, 'T', true)
    const bytes = Uint8Array.of(1, 2, 3)
    expect(posted).toEqual([{ kind: 'answer', connection: 7, bytes, status: 'T', listens: true }])
  })

  it('cuts a large answer into messages of at most 256 KB, none of it lost', () => {
    const { writer, posted } = openWriter()
    const whole = Buffer.alloc(3_000_000).map((_, index) => index % 251)
    for (let at = 0; at < whole.length; at += 70_000) writer.write(1, whole.subarray(at, at + 70_000))
    writer.finish(1, 'I', false)
    expect(Math.max(...posted.map(({ bytes }) => bytes.length))).toBe(answerMessageBytes)
    expect(Buffer.concat(posted.map(({ bytes }) => bytes)).equals(whole)).toBe(true)
    expect(posted.map(({ status }) => status).filter(Boolean)).toEqual(['I'])
  })

  it('counts what the reader has not taken', () => {
    const { writer, words } = openWriter()
    writer.write(1, new Uint8Array(10))
    writer.finish(1, 'I', false)
    expect(Atomics.load(words, control.unreadBytes)).toBe(0)
  })
})
