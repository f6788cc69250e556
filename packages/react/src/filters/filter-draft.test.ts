import { rowInputs } from '@opslayer/core/schemas'
import { builtInColumnTypes } from '@opslayer/core/values'
import { describe, expect, it } from 'vitest'
import type { Filter } from '../data/client/views-calls.ts'
import { englishTexts } from '../provider/texts.ts'
import { translator } from '../provider/translator.ts'
import { columnsByName, conditionFault, firstQuestion, isFinished, withOperator } from './filter-columns.ts'
import {
  changeGroup,
  conditionsOf,
  draftOf,
  filterOf,
  newCondition,
  newGroup,
  partAt,
  replacePart,
} from './filter-draft.ts'
import { filterWords } from './filter-words.ts'

const context = { locale: 'en-US', timeZone: 'UTC', now: new Date('2026-11-20T12:00:00Z') }
const column = (id: string, typeId: keyof typeof builtInColumnTypes, settings: unknown = {}) => {
  const type = builtInColumnTypes[typeId]
  return { id, name: id, type, settings: type.settings.parse(settings), isComputed: false }
}
const options = [
  { id: 'won', name: 'Won' },
  { id: 'lost', name: 'Lost' },
]
const columns = columnsByName([
  column('name', 'text'),
  column('score', 'number'),
  column('closes', 'date'),
  column('stage', 'status', { options: options.map((option) => ({ ...option, group: 'open' })) }),
  column('done', 'checkbox'),
])
const finished = (condition: Parameters<typeof isFinished>[0]) => isFinished(condition, columns)

const filters: readonly Filter[] = [
  { column: 'name', op: 'contains', value: 'ada' },
  {
    and: [
      { column: 'stage', op: 'is_any_of', value: ['won', 'lost'] },
      {
        or: [
          { column: 'score', op: 'between', value: [50, 100] },
          { column: 'name', op: 'is_empty' },
        ],
      },
      { not: { column: 'name', op: 'ends_with', value: '.org' } },
      { not: { and: [{ column: 'closes', op: 'within', value: 'next_90_days' }] } },
    ],
  },
  { or: [{ search: 'acme', columns: ['name'] }, { formula: '@score > 3' }, { column: 'score', state: ['warning'] }] },
  {
    not: {
      or: [
        { column: 'done', op: 'is', value: false },
        { column: 'score', op: 'gt', value: 0 },
      ],
    },
  },
]

describe('a draft of a filter', () => {
  it.each(filters.map((filter) => ({ filter })))('gives back the filter it was made of: $filter', ({ filter }) => {
    const back = filterOf(draftOf(filter), finished)
    expect(back).toEqual(filter)
    expect(rowInputs.count.safeParse({ tableId: 'tbl_1', filter: back }).success).toBe(true)
  })

  it('keeps the meaning of a not of a not', () => {
    const twice: Filter = { not: { not: { search: 'a' } } }
    expect(filterOf(draftOf(twice), finished)).toEqual({ not: { and: [{ not: { search: 'a' } }] } })
  })

  it('leaves out what is unfinished, and is every row without conditions', () => {
    const score = columns.get('score')
    if (score === undefined) throw new Error('There is a column of that name.')
    const condition = newCondition(firstQuestion(score))
    const draft = newGroup('and', [condition, newGroup('or')])
    expect(filterOf(draft, finished)).toBe(null)
    const typed = replacePart(draft, condition.id, (part) => ({ ...part, value: '5' }) as typeof part)
    expect(filterOf(typed, finished)).toEqual({ column: 'score', op: 'is', value: '5' })
    expect(filterOf(draftOf(null), finished)).toBe(null)
  })

  it('is changed at any depth, and loses groups that come to be empty', () => {
    const [, nested] = filters
    const draft = draftOf(nested ?? null)
    const inner = draft.parts[1]
    if (inner?.kind !== 'group') throw new Error('There is a group.')
    const joined = changeGroup(draft, inner.id, (group) => ({ ...group, join: 'and' }))
    expect(filterOf(joined, finished)).toMatchObject({ and: [{}, { and: [{}, {}] }, {}, {}] })
    const emptied = inner.parts.reduce<typeof draft>((all, part) => replacePart(all, part.id, () => null), draft)
    expect(emptied.parts).toHaveLength(3)
    expect(conditionsOf(emptied)).toHaveLength(3)
  })

  it('finds the condition that the server means, past unfinished ones and groups that were not sent', () => {
    const half = newCondition({ kind: 'cell', column: 'name', op: 'is', value: '' })
    const meant = newCondition({ kind: 'cell', column: 'score', op: 'gt', value: 'many' })
    const other = newCondition({ kind: 'search', text: 'a', columns: undefined })
    const draft = newGroup('and', [half, newGroup('or', [half, other, meant]), other])
    expect(partAt(draft, ['and', 0, 'or', 1, 'value'], finished)).toBe(meant)
    expect(partAt(newGroup('and', [half, meant]), ['value'], finished)).toBe(meant)
  })
})

describe('a condition', () => {
  it('begins with what people mean, and keeps its value where the next operator takes it', () => {
    const [name, closes, done] = ['name', 'closes', 'done'].map((id) => columns.get(id))
    if (name === undefined || closes === undefined || done === undefined) throw new Error('There are such columns.')
    expect(firstQuestion(name)).toMatchObject({ op: 'contains', value: undefined })
    expect(firstQuestion(done)).toMatchObject({ op: 'is', value: true })
    const asked = { kind: 'cell', column: 'closes', op: 'before', value: '2026-01-01' } as const
    expect(withOperator(asked, closes, 'after')).toMatchObject({ value: '2026-01-01' })
    expect(withOperator(asked, closes, 'within')).toMatchObject({ value: 'last_7_days' })
  })

  it('says what is wrong with its value', () => {
    const fault = (value: string) =>
      conditionFault(newCondition({ kind: 'cell', column: 'score', op: 'gt', value }), columns, context)
    expect(fault('many')).toContain('many')
    expect([fault('1,234.5'), fault('')]).toEqual([null, null])
  })

  it('reads as a sentence', () => {
    const words = (filter: Filter) => filterWords(filter, columns, context, translator(englishTexts, 'en-US'))
    expect(words({ column: 'stage', op: 'is_any_of', value: ['won', 'lost'] })).toBe('stage is any of Won, Lost')
    expect(words({ column: 'name', op: 'is_empty' })).toBe('name is empty')
    expect(words({ column: 'score', op: 'between', value: [1000, 2000] })).toBe('score is between 1,000 – 2,000')
    expect(words({ column: 'closes', op: 'within', value: 'last_7_days' })).toBe('closes is within the last 7 days')
  })
})
