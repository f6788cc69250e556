import { expect, it } from 'vitest'
import { raw } from './fragment.ts'
import { isLight } from './layers.ts'

it.each([
  ['case when abs(1.5e10) < 20 then 1 else null::float8 end', true],
  ['lower(1)', false],
  ['', true],
  // Digits can be split in 2^59 ways.
  [`${'1'.repeat(60)}!`, false],
  [`${'1'.repeat(60)} `, true],
])('knows at once whether %s is light', (text, light) => {
  const since = performance.now()
  expect(isLight(raw(text))).toBe(light)
  expect(performance.now() - since).toBeLessThan(2_000)
})
