import { describe, expect, it } from 'vitest'
import { enclosingCall } from './enclosing-call.ts'

describe('enclosingCall', () => {
  it.each([
    ['IF(@a > 1, ', { name: 'IF', argument: 1 }],
    ['IF(LEN(@a, "x,(")', { name: 'IF', argument: 0 }],
    ['left(@{a, b}, (1 + ', { name: 'LEFT', argument: 1 }],
    ['1 + (2', null],
    ['LEN(@a)', null],
    ['', null],
  ] as const)('finds what %s stands in', (source, call) => {
    expect(enclosingCall(source, source.length)).toEqual(call)
  })
})
