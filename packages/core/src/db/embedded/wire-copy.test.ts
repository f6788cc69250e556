import { describe, expect, it } from 'vitest'
import { copiesOverWire, groupCopiesOverWire } from './wire-copy.ts'
import { queryMessage, syncMessage, wireMessage } from './wire-messages.ts'

describe('copiesOverWire', () => {
  it.each([
    'copy t from stdin',
    'COPY "s"."t" ("a", "b") FROM STDIN WITH (FORMAT csv)',
    'copy (select a from t) to stdout',
    'begin; /* now */ copy t -- all of it\n from stdin',
    "select ';'; copy t to stdout",
  ])('finds the copy in %j', (sql) => {
    expect(copiesOverWire(sql)).toBe(true)
  })

  it.each([
    "copy t from '/dev/blob'",
    "select 'copy t from stdin'",
    'select 1 -- copy t from stdin',
    'select $x$ ; copy t from stdin $x$',
    'copy (select "from stdin", 1 as stdin from stdin) to \'/dev/blob\'',
    'select copy from stdin',
    "insert into t values (E'it\\'s; copy t from stdin')",
  ])('finds none in %j', (sql) => {
    expect(copiesOverWire(sql)).toBe(false)
  })
})

describe('groupCopiesOverWire', () => {
  it('reads both kinds of messages that carry SQL', () => {
    const parse = wireMessage('P', Buffer.from('name\0copy t from stdin\0\0\0'))
    expect(groupCopiesOverWire(Buffer.concat([parse, syncMessage]))).toBe(true)
    expect(groupCopiesOverWire(queryMessage('copy t from stdin'))).toBe(true)
    expect(groupCopiesOverWire(queryMessage('select 1'))).toBe(false)
  })
})
