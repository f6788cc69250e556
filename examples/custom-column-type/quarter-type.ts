import { defineColumnType, defineOperator, type Parsed, type Predicate } from '@opslayer/core/values'
import * as z from 'zod'

const settings = z.strictObject({
  /** The month, 1 to 12, in which the company's first quarter begins. */
  firstMonth: z.int().min(1).max(12).default(1),
})
type QuarterSettings = z.infer<typeof settings>

const yearFirst = /^(?:FY\s*)?(\d{4})[\s-]*Q([1-4])$/i
const quarterFirst = /^Q([1-4])[\s,./-]*(?:FY\s*)?(\d{4}|\d{2})$/i
const day = /^(\d{4})-(\d{2})-\d{2}/

/** Reads `2026-Q3`, `Q3 2026`, `q3/26`, or a day. Never throws, and says why it refuses. */
function parse(input: unknown, { firstMonth }: QuarterSettings): Parsed<string> {
  if (input === null || input === undefined) return { ok: true, value: null }
  if (typeof input !== 'string') return { ok: false, reason: 'it is not text' }
  const text = input.trim().slice(0, 40)
  if (text === '') return { ok: true, value: null }
  const [, fullYear, its] = yearFirst.exec(text) ?? []
  if (fullYear !== undefined) return { ok: true, value: `${fullYear}-Q${its}` }
  const [, quarter, year] = quarterFirst.exec(text) ?? []
  if (year !== undefined) return { ok: true, value: `${year.length === 2 ? `20${year}` : year}-Q${quarter}` }
  const [, calendarYear, month] = day.exec(text) ?? []
  if (month !== undefined) return { ok: true, value: quarterOf(Number(calendarYear), Number(month), firstMonth) }
  return { ok: false, reason: `“${text}” is not a quarter such as “Q3 2026”` }
}

/** A fiscal year carries the number of the calendar year in which it ends. */
function quarterOf(calendarYear: number, month: number, firstMonth: number): string {
  const monthsIn = (month - firstMonth + 12) % 12
  const endsNextYear = firstMonth > 1 && month >= firstMonth
  return `${String(calendarYear + (endsNextYear ? 1 : 0)).padStart(4, '0')}-Q${Math.floor(monthsIn / 3) + 1}`
}

/** What a filter's value goes through: the same reading as a cell's. */
function operand(settings: QuarterSettings): z.ZodType<string> {
  return z.unknown().transform((input, context): string => {
    const parsed = parse(input, settings)
    if (parsed.ok && parsed.value !== null) return parsed.value
    context.addIssue({ code: 'custom', message: parsed.ok ? 'a quarter is missing' : parsed.reason, input })
    return z.NEVER
  })
}

/** An operator that compares; stored quarters are in order as text. */
function comparing(
  id: string,
  label: string,
  op: Extract<Predicate, { kind: 'compare' }>['op'],
  test: (quarter: string, asked: string) => boolean,
) {
  return defineOperator<QuarterSettings, string, string>({
    id,
    label,
    operandKind: 'value',
    operand,
    // The same question twice, for PostgreSQL and for TypeScript. An empty cell satisfies neither.
    predicate: (value) => ({ kind: 'compare', op, value }),
    test: (quarter, asked) => quarter !== null && test(quarter, asked),
  })
}

const isEmpty = defineOperator<QuarterSettings, string, null>({
  id: 'is_empty',
  label: 'is empty',
  operandKind: 'none',
  operand: () => z.unknown().transform(() => null),
  predicate: () => ({ kind: 'empty' }),
  test: (quarter) => quarter === null,
})

/** A quarter of a company's fiscal year, stored as `2026-Q3`. */
export const quarterType = defineColumnType<QuarterSettings, string>({
  id: 'quarter',
  label: 'Quarter',
  description: 'A quarter of the fiscal year, such as the one in which a deal should close.',
  storage: 'text',
  sort: 'value',
  settings,
  parse,
  format: (value) => `${value.slice(5)} ${value.slice(0, 4)}`,
  toCsv: (value) => value,
  compare: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
  operators: [
    comparing('is', 'is', '=', (quarter, asked) => quarter === asked),
    comparing('before', 'is before', '<', (quarter, asked) => quarter < asked),
    comparing('after', 'is after', '>', (quarter, asked) => quarter > asked),
    isEmpty,
  ],
  aggregates: ['earliest', 'latest', 'filled', 'empty', 'unique', 'distribution'],
  canBeUnique: false,
  examples: [
    { input: 'Q3 2026', value: '2026-Q3', text: 'Q3 2026' },
    { input: 'q3/26', value: '2026-Q3', text: 'Q3 2026' },
    { input: 'FY2026 Q3', value: '2026-Q3', text: 'Q3 2026' },
    { input: '2026-08-15', value: '2026-Q3', text: 'Q3 2026' },
    { input: '2026-08-15', settings: { firstMonth: 4 }, value: '2027-Q2', text: 'Q2 2027' },
    { input: '', value: null, text: '' },
    { input: 'after the summer', refused: '“after the summer” is not a quarter such as “Q3 2026”' },
  ],
})
