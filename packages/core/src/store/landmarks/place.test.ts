import fc from 'fast-check'
import { expect, it } from 'vitest'
import { comparePlaces } from './place.ts'

const scale = 20n
const decimals = fc.tuple(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.boolean()).map(([number, isWhole]) => {
  const whole = isWhole ? (number / 10n ** scale) * 10n ** scale : number
  const digits = String(whole < 0n ? -whole : whole).padStart(Number(scale) + 1, '0')
  const [units, fraction] = [digits.slice(0, -Number(scale)), digits.slice(-Number(scale))]
  return { number: whole, text: `${whole < 0n ? '-' : ''}${units}${isWhole ? '' : `.${fraction}`}` }
})

it('orders places by exact decimals, also where floating-point numbers are equal', () => {
  fc.assert(
    fc.property(decimals, decimals, fc.bigInt(-3n, 3n), (a, b, near) => {
      const order = (x: string, y: string) =>
        Math.sign(comparePlaces({ position: x, id: '1' }, { position: y, id: '1' }))
      expect(order(a.text, b.text)).toBe(a.number < b.number ? -1 : Number(a.number > b.number))
      if (!a.text.includes('.') || a.text.startsWith('-')) return
      const beside = a.number + near
      if (beside < 0n) return
      const digits = String(beside).padStart(Number(scale) + 1, '0')
      const text = `${digits.slice(0, -Number(scale))}.${digits.slice(-Number(scale))}`
      expect(order(text, a.text)).toBe(Number(near > 0n) - Number(near < 0n))
    }),
  )
})

it('orders rows of one position by their ids', () => {
  const at = (id: string) => ({ position: '7.50', id })
  expect(comparePlaces(at('9007199254740993'), at('9007199254740992'))).toBeGreaterThan(0)
  expect(comparePlaces(at('9'), at('10'))).toBeLessThan(0)
  expect(comparePlaces(at('9'), { position: '7.5', id: '9' })).toBe(0)
})
