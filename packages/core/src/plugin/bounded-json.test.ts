import { expect, it } from 'vitest'
import { boundedJson } from './bounded-json.ts'

it('gives the text of JSON that is short enough', () => {
  expect(boundedJson({ a: [1, 'two', null, true], b: {} }, 100)).toBe('{"a":[1,"two",null,true],"b":{}}')
  expect(boundedJson('x'.repeat(98), 100)).toHaveLength(100)
})

it('gives nothing for what is too long, too deep, circular or no JSON', () => {
  const circle: { self?: unknown } = {}
  circle.self = circle
  const deep = Array.from({ length: 10_000 }).reduce<unknown>((inner) => [inner], 1)
  const throwing = Object.defineProperty({}, 'a', { enumerable: true, get: () => Promise.reject })
  Object.defineProperty(throwing, 'toJSON', { value: () => JSON.parse('{') })
  const wrong = [
    'x'.repeat(101),
    ['x'.repeat(50), 'y'.repeat(60)],
    '"'.repeat(60),
    circle,
    deep,
    throwing,
    1n,
    () => {},
  ]
  for (const value of wrong) expect(boundedJson(value, 100)).toBeUndefined()
})

it('does not read a hundred megabytes to refuse them', () => {
  let read = 0
  const item = Object.defineProperty({}, 'text', {
    enumerable: true,
    get: () => {
      read += 1
      return 'x'.repeat(1_000)
    },
  })
  expect(boundedJson({ items: new Array(100_000).fill(item) }, 1_000_000)).toBeUndefined()
  expect(read).toBeLessThan(1_001)
})
