import { plainDecimal } from '../../values/decimal.ts'
import { errorWhen } from '../error-fragment.ts'
import { roundPlaces } from '../float-digits.ts'
import { formulaError } from '../formula-error.ts'
import { defineFunction, type FormulaFunction, optional, parameter } from '../formula-function.ts'
import { code, type Fragment, numericSql, raw } from '../fragment.ts'
import { wholeSql } from '../text-measures.ts'

const group = 'text'
const notNumber = formulaError('not-number')

/** Up to 40 characters without grouping, after what people write around numbers is gone. */
const numberPattern = '^[-+]?(?:[0-9]{1,60}(?:[.][0-9]{0,40})?|[.][0-9]{1,40})$'
const number = new RegExp(numberPattern)

/** Signs of currencies, percent, spaces and apostrophes between thousands. */
const decorations = "[$€£¥ '_\\u00a0\\u202f]"
const decoration = new RegExp(decorations, 'g')

const value = defineFunction({
  name: 'VALUE',
  group,
  summary:
    'Reads a number from text such as "1,234.50", "€ 99" or "12 %"; with "," as the second argument "1.234,50". `#VALUE!` if it is none.',
  parameters: [parameter('text', 'text'), optional('decimal', 'text')],
  result: 'number',
  sql: ([text, decimal], call) => {
    const isComma = decimal === undefined ? raw('false') : code`${decimal} = ','`
    const short = code`left(${text}, 101)`
    const bare = call.let(code`regexp_replace(${short}, ${raw(`'${decorations.replace("'", "''")}'`)}, '', 'g')`)
    const pointed = call.let(
      code`(case when ${isComma} then replace(replace(${bare}, '.', ''), ',', '.') when not (${isComma}) then replace(${bare}, ',', '') end)`,
    )
    const digits = call.let(code`rtrim(${pointed}, '%')`)
    const isNumber = call.let(
      code`(length(${text}) <= 100 and ${digits} collate "C" ~ ${raw(`'${numberPattern}'`)} and length(${pointed}) - length(${digits}) < 2)`,
    )
    const read = call.let(code`(case when ${isNumber} then ${digits} end)::float8`)
    return {
      value: code`(case when ${pointed} <> ${digits} then ${read} / 100 else ${read} end)`,
      error: errorWhen(code`not ${isNumber}`, 'not-number'),
    }
  },
  evaluate: ([text, decimal]) => {
    if ([...text].length > 100) return notNumber
    const bare = text.replace(decoration, '')
    const pointed = decimal === ',' ? bare.replaceAll('.', '').replaceAll(',', '.') : bare.replaceAll(',', '')
    const digits = pointed.replace(/%+$/, '')
    if (!number.test(digits) || pointed.length - digits.length > 1) return notNumber
    return pointed === digits ? Number(digits) : Number(digits) / 100
  },
  examples: [
    { formula: 'VALUE("$1,234.50")', result: 1234.5 },
    { formula: 'VALUE("1.234,50 €", ",")', result: 1234.5 },
    { formula: 'VALUE("12 %")', result: 0.12 },
    { formula: 'VALUE("twelve")', result: '#VALUE!' },
  ],
})

const isNumber = defineFunction({
  name: 'IS_NUMBER',
  group,
  aliases: ['ISNUMBER'],
  summary: 'Whether a text reads as a plain number such as -12.5.',
  parameters: [parameter('text', 'text')],
  result: 'boolean',
  seesBlanks: true,
  sql: ([text]) => code`coalesce(length(${text}) <= 100 and ${text} ~ ${raw(`'${numberPattern}'`)}, false)`,
  evaluate: ([text]) => text !== null && [...text].length <= 100 && number.test(text),
  examples: [
    { formula: 'IS_NUMBER("-12.5")', result: true },
    { formula: 'IS_NUMBER("12 apples")', result: false },
  ],
})

/** Decimals that FORMAT shows, 0 to 15. */
const decimalsOf = (places: number) => Math.max(0, Math.min(15, Math.trunc(places)))
const decimalsSql = (places: Fragment) => wholeSql(places, 0, 15)

const format = defineFunction({
  name: 'FORMAT',
  group,
  summary: 'A number with commas between thousands and so many decimals (2 unless given).',
  parameters: [parameter('number', 'number'), optional('decimals', 'number')],
  result: 'text',
  neverEmpty: true,
  sql: ([number, decimals], call) => {
    const places = decimals === undefined ? raw('2') : decimalsSql(decimals)
    const plain = call.let(code`round(${numericSql(number)}, ${places})::text`)
    const whole = code`split_part(ltrim(${plain}, '-'), '.', 1)`
    const grouped = code`reverse(regexp_replace(reverse(${whole}), '([0-9]{3})(?=[0-9])', '\\1,', 'g'))`
    return code`case when left(${plain}, 1) = '-' then '-' else '' end || ${grouped} || case when ${places} > 0 then '.' || split_part(${plain}, '.', 2) else '' end`
  },
  evaluate: ([number, decimals = 2]) => {
    const places = decimalsOf(decimals)
    const rounded = roundPlaces(number, places, 'half')
    const [whole = '0', fraction = ''] = plainDecimal(Math.abs(rounded)).split('.')
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
    const sign = rounded < 0 ? '-' : ''
    return `${sign}${grouped}${places > 0 ? `.${fraction.padEnd(places, '0')}` : ''}`
  },
  examples: [
    { formula: 'FORMAT(1234567.891)', result: '1,234,567.89' },
    { formula: 'FORMAT(-0.5, 0)', result: '-1' },
    { formula: '"$" & FORMAT(99, 0)', result: '$99' },
  ],
})

export const numberTextFunctions: readonly FormulaFunction[] = [value, isNumber, format]
