import * as z from 'zod'
import { builtInColumnTypes } from '../built-in-types.ts'
import type { AnyColumnType, ValueExample } from '../column-type.ts'

/** The page on all built-in column types, written from the objects themselves. */
export function columnTypePage(): string {
  const types: readonly AnyColumnType[] = Object.values(builtInColumnTypes)
  const overview = types.map((type) => `| [${type.label}](#${type.id}) | \`${type.id}\` | ${type.description} |`)
  return [
    '# Column types',
    '',
    'Written by `packages/core/scripts/generate-column-type-docs.ts` from the column types; edit them, not this page.',
    '',
    ...rules,
    '',
    '| type | id | what it holds |',
    '|---|---|---|',
    ...overview,
    ...types.flatMap(section),
    '',
  ].join('\n')
}

const rules = [
  'Rules that hold for every type:',
  '',
  '- An empty cell is `null`. Empty text, an empty list and white space alone are empty cells.',
  '- A cell holds at most 1 MB (UTF-8). Text with a NUL character or half a surrogate pair is refused.',
  '- Numbers are kept if a JavaScript number holds all their digits: up to 15 digits always, integers up to 2^53, sizes',
  '  from 1e-100 to 1e100. Longer ids belong into a text column.',
  '- In text, `1.234` is 1234 where the locale groups thousands by dots (de-DE) and 1.234 elsewhere; `1,234` is 1.234',
  '  where the comma is the decimal mark and 1234 elsewhere. All other spellings mean the same in every locale. CSV files',
  '  hold `1.2340`, which is 1.234 everywhere.',
  '- Filters that say *not* or *none* are true for empty cells. Text filters ignore case.',
  '- Dates and moments are compared by whole days in the time zone of the reader. Weeks begin on Monday; the last 7 days',
  '  are today and the six days before.',
]

function section(type: AnyColumnType): readonly string[] {
  return [
    '',
    `## ${type.label} <a id="${type.id}"></a>`,
    '',
    `${type.description} Stored as \`${type.storage}\`; sorted by ${sortWords[type.sort]}; ${type.canBeUnique ? 'can' : 'cannot'} be unique.`,
    '',
    `Filters: ${type.operators.map((operator) => `\`${operator.id}\``).join(', ')}.`,
    `Summaries: ${type.aggregates.map((aggregate) => `\`${aggregate}\``).join(', ')}.`,
    ...settingsLines(type),
    '',
    '| input | with | stored | shown |',
    '|---|---|---|---|',
    ...type.examples.map(exampleRow),
  ]
}

const sortWords = {
  value: 'value',
  'natural-text': 'text, with case and accents folded and digits by their number',
  'option-order': 'the order of the options',
  none: 'nothing',
} as const

function settingsLines(type: AnyColumnType): readonly string[] {
  const schema = z.toJSONSchema(type.settings, { io: 'input', unrepresentable: 'any' })
  const defaults = type.settings.parse({}) as Readonly<Record<string, unknown>>
  const names = Object.keys(schema.properties ?? {})
  if (names.length === 0) return []
  return [
    '',
    'Settings by default:',
    '',
    ...names.map((name) => `- \`${name}\`: ${code(JSON.stringify(defaults[name]))}`),
  ]
}

function exampleRow(example: ValueExample<unknown, never>): string {
  const { locale, timeZone, now } = example.context ?? {}
  const conditions = [
    ...(locale === undefined ? [] : [locale]),
    ...(timeZone === undefined ? [] : [timeZone]),
    ...(now === undefined ? [] : [`on ${now.toISOString().slice(0, 10)}`]),
    ...(example.settings === undefined ? [] : [code(settingsText(example.settings))]),
  ].join(', ')
  const input = code(inputText(example.input))
  if ('refused' in example) return `| ${input} | ${conditions} | refused: ${cell(example.refused)} | |`
  const stored = example.value === null ? 'empty' : code(JSON.stringify(example.value))
  return `| ${input} | ${conditions} | ${stored} | ${example.text === '' ? '' : code(example.text)} |`
}

/** Options by name only; their ids and colours say nothing here. */
function settingsText(settings: unknown): string {
  const { options, ...rest } = settings as { readonly options?: readonly { readonly name: string }[] }
  return JSON.stringify(options === undefined ? rest : { options: options.map((option) => option.name) })
}

function inputText(input: unknown): string {
  return typeof input === 'number' ? String(input) : JSON.stringify(input)
}

function code(text: string): string {
  return text.includes('`') ? `\`\` ${cell(text)} \`\`` : `\`${cell(text)}\``
}

function cell(text: string): string {
  return text
    .replaceAll('|', '\\|')
    .replace(/\n/g, '↵')
    .replace(/[\u00a0\u202f]/g, ' ')
}
