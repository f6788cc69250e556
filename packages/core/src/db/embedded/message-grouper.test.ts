import { describe, expect, it } from 'vitest'
import { type FrontendUnit, MessageGrouper } from './message-grouper.ts'
import { queryMessage, syncMessage, wireMessage } from './wire-messages.ts'

const startup = Buffer.from([0, 0, 0, 8, 0, 3, 0, 0])
const encryptionRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])
const empty = new Uint8Array(0)

function startedGrouper(): MessageGrouper {
  const grouper = new MessageGrouper()
  grouper.push(startup)
  return grouper
}

function summary(units: readonly FrontendUnit[]): string[] {
  return units.map((unit) => (unit.kind === 'group' ? `${unit.end} ${unit.bytes.length}` : unit.kind))
}

describe('MessageGrouper', () => {
  it('tells the opening messages, which have no type byte', () => {
    const units = new MessageGrouper().push(Buffer.concat([encryptionRequest, startup, queryMessage('x')]))
    expect(summary(units)).toEqual(['encryptionRequest', 'startup', 'sync 7'])
  })

  it('holds messages back until the group is whole', () => {
    const grouper = startedGrouper()
    expect(grouper.push(wireMessage('P', empty))).toEqual([])
    expect(grouper.push(wireMessage('B', empty))).toEqual([])
    expect(summary(grouper.push(syncMessage))).toEqual(['sync 15'])
  })

  it('ends a group at a flush, which the same client must follow up', () => {
    const units = startedGrouper().push(Buffer.concat([wireMessage('E', empty), wireMessage('H', empty), syncMessage]))
    expect(summary(units)).toEqual(['flush 10', 'sync 5'])
  })

  it('gives the same groups wherever the bytes are cut', () => {
    const bytes = Buffer.concat([startup, queryMessage('select 1'), wireMessage('P', Buffer.from('abc')), syncMessage])
    const grouper = new MessageGrouper()
    const units = [...bytes].flatMap((byte) => grouper.push(Uint8Array.of(byte)))
    expect(units).toEqual(new MessageGrouper().push(bytes))
    expect(summary(units)).toEqual(['startup', 'sync 14', 'sync 13'])
  })

  it('drops the data of a copy that was never begun', () => {
    const units = startedGrouper().push(Buffer.concat([wireMessage('d', empty), wireMessage('c', empty), syncMessage]))
    expect(summary(units)).toEqual(['sync 5'])
  })

  it('tells that the client takes its leave', () => {
    expect(summary(startedGrouper().push(wireMessage('X', empty)))).toEqual(['terminate'])
  })

  it('gives bytes of their own, which may be transferred', () => {
    const bytes = Buffer.from(queryMessage('select 1'))
    const [unit] = startedGrouper().push(bytes)
    expect(unit).toMatchObject({ kind: 'group', bytes: new Uint8Array(bytes) })
    expect(unit?.kind === 'group' && unit.bytes.buffer.byteLength).toBe(bytes.length)
  })
})
