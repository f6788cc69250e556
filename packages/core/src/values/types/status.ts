import * as z from 'zod'
import { defineColumnType } from '../column-type.ts'
import { optionOperators } from '../option-operators.ts'
import { parseOption } from '../option-parse.ts'
import { allowNewSetting, compareOptions, optionName, optionSchema, optionsSchema, statusGroups } from '../options.ts'

const statusOption = optionSchema.extend({ group: z.enum(statusGroups).default('open') })

const settings = z.strictObject({
  options: optionsSchema(statusOption).default([
    { id: 'new', name: 'New', color: 'gray', group: 'open' },
    { id: 'in_progress', name: 'In progress', color: 'blue', group: 'active' },
    { id: 'done', name: 'Done', color: 'green', group: 'done' },
    { id: 'lost', name: 'Lost', color: 'red', group: 'lost' },
  ]),
  allowNew: allowNewSetting,
})
export type StatusSettings = z.infer<typeof settings>

/** A step in a process; like a dropdown, and each option says what it means for the work. */
export const statusType = defineColumnType<StatusSettings, string>({
  id: 'status',
  label: 'Status',
  description: 'Where something stands, such as the stage of a deal.',
  storage: 'text',
  maxBytes: 40,
  sort: 'option-order',
  settings,
  parse: parseOption,
  format: optionName,
  toCsv: optionName,
  compare: compareOptions,
  operators: optionOperators<StatusSettings>(parseOption),
  aggregates: ['distribution', 'filled', 'empty', 'filled_share', 'empty_share', 'unique'],
  canBeUnique: false,
  examples: [
    { input: 'New', value: 'new', text: 'New' },
    { input: 'IN PROGRESS', value: 'in_progress', text: 'In progress' },
    { input: 'in_progress', value: 'in_progress', text: 'In progress' },
    { input: '', value: null, text: '' },
    { input: 'Dome', refused: "“Dome” is not one of the column's options; did you mean “Done”?" },
    { input: 'Parked', refused: "“Parked” is not one of the column's options" },
  ],
})
