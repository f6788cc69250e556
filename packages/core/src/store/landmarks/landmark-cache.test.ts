import { expect, it } from 'vitest'
import { createLandmarkCache, type LandmarkVersion } from './landmark-cache.ts'
import { isOlder, readSnapshotMark } from './snapshot-mark.ts'

function version(snapshot: string, marks = 1): LandmarkVersion {
  return {
    landmarks: { marks: Array.from({ length: marks }, (_, n) => ({ position: String(n), id: String(n) })), counts: [] },
    snapshot: readSnapshotMark(snapshot),
    horizon: { last: 0n, open: [] },
    server: '',
    settledBehind: null,
  }
}

it('orders snapshots by what they show', () => {
  const marks = ['7:7:', '7:9:7,8', '7:9:7', '9:9:', '9:11:10'].map(readSnapshotMark)
  for (const [place, mark] of marks.entries())
    for (const [other, another] of marks.entries()) expect(isOlder(mark, another)).toBe(place < other)
})

it('keeps the newest versions in their order, whenever they come', () => {
  const cache = createLandmarkCache()
  const first = version('1:1:')
  cache.set('t', first)
  const [second, third, fourth, fifth] = ['2:2:', '3:3:', '4:4:', '5:5:'].map((snapshot) => version(snapshot)) as [
    LandmarkVersion,
    LandmarkVersion,
    LandmarkVersion,
    LandmarkVersion,
  ]
  for (const each of [third, second, fifth, fourth]) cache.add('t', each, first)
  expect(cache.versions('t')).toEqual([fifth, fourth, third, second])
})

it('drops what was made of versions that others have replaced', () => {
  const cache = createLandmarkCache()
  const [old, laid] = [version('1:1:'), version('1:1:', 2)]
  cache.set('t', old)
  cache.set('t', laid)
  cache.add('t', version('2:2:'), old)
  expect(cache.versions('t')).toEqual([laid])
})

it('keeps 100,000 marks at most, those of the tables that were read last', () => {
  const cache = createLandmarkCache()
  cache.set('a', version('1:1:', 40_000))
  cache.set('b', version('1:1:', 40_000))
  cache.versions('a')
  cache.set('c', version('1:1:', 40_000))
  expect(['a', 'b', 'c'].map((key) => cache.versions(key).length)).toEqual([1, 0, 1])
})

it('lets one at a time set landmarks, where they are wanted, with a pause after it', () => {
  const cache = createLandmarkCache()
  expect(cache.takeWanted('t')).toBe(false)
  cache.want('t')
  expect(cache.takeWanted('t')).toBe(true)
  cache.want('t')
  expect(cache.takeWanted('t')).toBe(false)
  cache.done('t', 60_000)
  cache.want('t')
  expect(cache.takeWanted('t')).toBe(false)
  cache.done('t', 0)
  cache.want('t')
  expect(cache.takeWanted('t')).toBe(true)
})
