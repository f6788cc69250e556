import * as z from 'zod'
import { defineColumnType, type Parsed } from '../column-type.ts'
import { givenList } from '../given-list.ts'
import { inputText } from '../input-text.ts'
import { listOperators } from '../list-operators.ts'
import { parseOption } from '../option-parse.ts'
import {
  allowNewSetting,
  compareOptions,
  nameKey,
  type OptionSettings,
  optionIndex,
  optionName,
  optionSchema,
  optionsSchema,
} from '../options.ts'
import { accept, emptyCell } from '../parsed.ts'
import { joinList, splitList } from '../tag-list.ts'

const settings = z.strictObject({
  options: optionsSchema(optionSchema).default([]),
  allowNew: allowNewSetting,
})
export type TagsSettings = z.infer<typeof settings>

function parse(input: unknown, settings: OptionSettings): Parsed<readonly string[]> {
  const items = readItems(input, settings)
  if (!items.ok) return items
  if (items.value !== null && isStored(items.value, settings)) return accept(items.value)
  const ids = new Set<string>()
  for (const item of items.value ?? []) {
    const option = parseOption(item, settings)
    if (!option.ok) return option
    if (option.value !== null) ids.add(option.value)
  }
  return ids.size === 0 ? emptyCell : accept([...ids].sort((a, b) => compareOptions(a, b, settings)))
}

/** Whether a list is a cell as it is stored: ids in the order of the settings. */
function isStored(items: readonly unknown[], { options }: OptionSettings): items is readonly string[] {
  const { places } = optionIndex(options)
  let last = -1
  for (const item of items) {
    const place = typeof item === 'string' ? (places.get(item) ?? -1) : -1
    if (place <= last) return false
    last = place
  }
  return items.length > 0
}

function readItems(input: unknown, { options }: OptionSettings): Parsed<readonly unknown[]> {
  const given = givenList(input)
  if (given !== undefined) return given
  const text = inputText(input)
  if (!text.ok || text.value === null) return text
  const items = splitList(text.value)
  const { byKey } = optionIndex(options)
  const isOneName = text.value.length <= 400 && byKey.has(nameKey(text.value))
  return accept(isOneName && items.some((item) => !byKey.has(nameKey(item))) ? [text.value] : items)
}

const example: TagsSettings = {
  options: [
    { id: 'vip', name: 'VIP', color: 'amber' },
    { id: 'partner', name: 'Partner', color: 'blue' },
    { id: 'food_drink', name: 'Food, drink', color: 'green' },
  ],
  allowNew: false,
}

/** Any number of the column's options; the cell holds their ids in the order of the settings. */
export const tagsType = defineColumnType<TagsSettings, readonly string[]>({
  id: 'tags',
  label: 'Tags',
  description: 'Any number of choices from a list.',
  storage: 'text[]',
  sort: 'option-order',
  settings,
  parse,
  format: (value, settings) => joinList(value.map((id) => optionName(id, settings))),
  toCsv: (value, settings) => joinList(value.map((id) => optionName(id, settings))),
  compare: (a, b, settings) => {
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      const order = compareOptions(a[i] ?? '', b[i] ?? '', settings)
      if (order !== 0) return order
    }
    return a.length - b.length
  },
  operators: listOperators<TagsSettings>(parse),
  aggregates: ['distribution', 'filled', 'empty', 'filled_share', 'empty_share', 'unique'],
  canBeUnique: false,
  examples: [
    { settings: example, input: 'Partner, VIP', value: ['vip', 'partner'], text: 'VIP, Partner' },
    { settings: example, input: 'vip;vip', value: ['vip'], text: 'VIP' },
    { settings: example, input: ['partner'], value: ['partner'], text: 'Partner' },
    { settings: example, input: '"Food, drink"\nVIP', value: ['vip', 'food_drink'], text: 'VIP, "Food, drink"' },
    { settings: example, input: 'Food, drink', value: ['food_drink'], text: '"Food, drink"' },
    { settings: example, input: ' , ', value: null, text: '' },
    {
      settings: example,
      input: 'VIP, Parner',
      refused: "“Parner” is not one of the column's options; did you mean “Partner”?",
    },
    { settings: example, input: { a: 1 }, refused: 'it is a list or an object, not text' },
  ],
})
