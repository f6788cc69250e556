import * as z from 'zod'
import { defineColumnType } from '../column-type.ts'
import { optionOperators } from '../option-operators.ts'
import { parseOption } from '../option-parse.ts'
import { allowNewSetting, compareOptions, optionName, optionSchema, optionsSchema } from '../options.ts'

const settings = z.strictObject({
  options: optionsSchema(optionSchema).default([]),
  allowNew: allowNewSetting,
})
export type DropdownSettings = z.infer<typeof settings>

const example: DropdownSettings = {
  options: [
    { id: 'webinar', name: 'Webinar', color: 'blue' },
    { id: 'referral', name: 'Referral', color: 'green' },
    { id: 'cold_call', name: 'Cold call', color: 'gray' },
  ],
  allowNew: false,
}

/** One of the column's options; the cell holds the option's id. */
export const dropdownType = defineColumnType<DropdownSettings, string>({
  id: 'dropdown',
  label: 'Dropdown',
  description: 'One choice from a list.',
  storage: 'text',
  maxBytes: 40,
  sort: 'option-order',
  settings,
  parse: parseOption,
  format: optionName,
  toCsv: optionName,
  compare: compareOptions,
  operators: optionOperators<DropdownSettings>(parseOption),
  aggregates: ['distribution', 'filled', 'empty', 'filled_share', 'empty_share', 'unique'],
  canBeUnique: false,
  examples: [
    { settings: example, input: 'Webinar', value: 'webinar', text: 'Webinar' },
    { settings: example, input: ' cold  CALL', value: 'cold_call', text: 'Cold call' },
    { settings: example, input: 'cold_call', value: 'cold_call', text: 'Cold call' },
    { settings: example, input: '', value: null, text: '' },
    {
      settings: example,
      input: 'Refferal',
      refused: "“Refferal” is not one of the column's options; did you mean “Referral”?",
    },
    { settings: example, input: 'Fair', refused: "“Fair” is not one of the column's options" },
    { input: 'Webinar', refused: '“Webinar” is not an option; the column has none yet' },
  ],
})
