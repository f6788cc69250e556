import { describe, expect, it } from 'vitest'
import { createUndoStack } from './undo-stack.ts'

const step = (what: string) => ({ what, forward: [], back: [] })

describe('createUndoStack', () => {
  it('takes back and brings back in order', () => {
    const stack = createUndoStack()
    stack.push(step('a'))
    stack.push(step('b'))
    expect([stack.undo(), stack.undo(), stack.undo()].map((s) => s?.what)).toEqual(['b', 'a', undefined])
    expect([stack.redo(), stack.redo(), stack.redo()].map((s) => s?.what)).toEqual(['a', 'b', undefined])
  })

  it('forgets what was taken back once something new is done', () => {
    const stack = createUndoStack()
    stack.push(step('a'))
    stack.undo()
    stack.push(step('b'))
    expect(stack.redo()).toBeNull()
    expect(stack.undo()?.what).toBe('b')
  })

  it('keeps the last 100 steps', () => {
    const stack = createUndoStack()
    for (let i = 0; i < 150; i++) stack.push(step(String(i)))
    let count = 0
    while (stack.undo() !== null) count++
    expect(count).toBe(100)
  })
})
