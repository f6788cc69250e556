import * as z from 'zod'
import { compareCodePoints } from '../code-points.ts'
import { defineColumnType, type Parsed } from '../column-type.ts'
import { givenList } from '../given-list.ts'
import { inputText } from '../input-text.ts'
import { listOperators } from '../list-operators.ts'
import { accept, emptyCell } from '../parsed.ts'
import { joinList, splitList } from '../tag-list.ts'

const settings = z.strictObject({})
type ListSettings = z.infer<typeof settings>

function parse(input: unknown): Parsed<readonly string[]> {
  const items = readItems(input)
  if (!items.ok) return items
  const texts: string[] = []
  for (const item of items.value ?? []) {
    const text = inputText(item)
    if (!text.ok) return text
    const trimmed = (text.value ?? '').trim()
    if (trimmed !== '') texts.push(trimmed)
  }
  return texts.length === 0 ? emptyCell : accept(texts)
}

function readItems(input: unknown): Parsed<readonly unknown[]> {
  const given = givenList(input)
  if (given !== undefined) return given
  const text = inputText(input)
  return !text.ok || text.value === null ? text : accept(splitList(text.value))
}

/** Any texts in an order of their own, repeated or not: what formulas such as SPLIT give. */
export const listType = defineColumnType<ListSettings, readonly string[]>({
  id: 'list',
  label: 'List',
  description: 'Several texts in one cell, such as what a formula splits or finds.',
  storage: 'text[]',
  sort: 'none',
  settings,
  parse,
  format: joinList,
  toCsv: joinList,
  compare: (a, b) => compareCodePoints(joinList(a), joinList(b)),
  operators: listOperators<ListSettings>(parse),
  aggregates: ['filled', 'empty', 'filled_share', 'empty_share', 'unique'],
  canBeUnique: false,
  examples: [
    { input: 'red, green', value: ['red', 'green'], text: 'red, green' },
    { input: ['b', 'a', 'b'], value: ['b', 'a', 'b'], text: 'b, a, b' },
    { input: '"Food, drink"\nVIP', value: ['Food, drink', 'VIP'], text: '"Food, drink", VIP' },
    { input: ' , ', value: null, text: '' },
    { input: [1, true], value: ['1', 'true'], text: '1, true' },
    { input: { a: 1 }, refused: 'it is a list or an object, not text' },
  ],
})
