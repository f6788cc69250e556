import { describe, expect, it } from 'vitest'
import { scheduleTexts } from '../provider/schedule-texts.ts'
import { translator } from '../provider/translator.ts'
import { cronOf, cronWords, type When, whenOf } from './cron-words.ts'

describe('a schedule in words', () => {
  const words = (cron: string) => cronWords(cron, 'en-GB', translator(scheduleTexts, 'en-GB'))

  it('is the same there and back', () => {
    const all: readonly When[] = [
      { kind: 'hourly', minute: 5 },
      { kind: 'daily', time: '06:00' },
      { kind: 'weekdays', time: '18:30' },
      { kind: 'weekly', day: 1, time: '09:05' },
      { kind: 'monthly', day: 31, time: '00:00' },
    ]
    expect(all.map((when) => whenOf(cronOf(when)))).toEqual(all)
  })

  it('says what people say, and shows the rest as it is written', () => {
    expect(words('5 * * * *')).toBe('Every hour at minute 05')
    expect(words('0 6 * * 1-5')).toBe('Monday to Friday at 06:00')
    expect(words('30 9 * * 7')).toBe('Every Sunday at 09:30')
    expect(words('0 0 15 * *')).toBe('On day 15 of every month at 00:00')
    for (const other of ['*/5 * * * *', '0 6 * 1 *', '0 6 1 * 1', '0 6', '0 24 * * *', '0 6 0 * *'])
      expect(words(other)).toBe(other)
  })
})
