import { describe, expect, it } from 'vitest'
import { createNoticeQueue } from './notice-queue.ts'

describe('createNoticeQueue', () => {
  it('keeps the latest notices until somebody shows them, and shows each once', () => {
    const queue = createNoticeQueue()
    for (let n = 1; n <= 12; n++) queue.show({ kind: 'info', text: String(n) })
    const shown: string[] = []
    const end = queue.listen(({ text }) => shown.push(text))
    queue.show({ kind: 'info', text: '13' })
    end()
    queue.show({ kind: 'info', text: '14' })
    queue.listen(({ text }) => shown.push(text))
    expect(shown).toEqual(['3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13', '14'])
  })
})
