import { say } from '../sentences/say.ts'
import { addDays, type CalendarDate, fromIsoDate, isCalendarDate } from './calendar-date.ts'
import type { Parsed, ValueContext } from './column-type.ts'
import { emptyOperators } from './empty-operators.ts'
import { operandOf, operandRange } from './operand.ts'
import { type AnyOperator, defineOperator, type Operator } from './operator.ts'
import { accept, quote, refuse } from './parsed.ts'
import type { Predicate } from './predicate.ts'
import {
  addUnits,
  printDaySpan,
  printRelativePeriod,
  readDaySpan,
  readRelativePeriod,
  resolvePeriod,
} from './relative-period.ts'
import { localDay } from './time-zone.ts'

/** How days of the calendar lie on the stored values of a type. */
export interface DayScale<Settings> {
  /** Reads an operand as a day, `YYYY-MM-DD`. */
  readonly readDay: (input: unknown, settings: Settings, context: ValueContext) => Parsed<string>
  /** The first stored value of the day. */
  readonly startOf: (day: CalendarDate, context: ValueContext) => string
}

/** Stored values from `from` to before `before`, where `null` is open; or no value at all. */
type Stretch = { readonly from: string | null; readonly before: string | null } | 'nothing'

function within(stretch: Stretch): Predicate {
  if (stretch === 'nothing') return { kind: 'never' }
  const { from, before } = stretch
  const of: Predicate[] = []
  if (from !== null) of.push({ kind: 'compare', op: '>=', value: from })
  if (before !== null) of.push({ kind: 'compare', op: '<', value: before })
  return of.length === 0 ? { kind: 'not', of: { kind: 'empty' } } : { kind: 'and', of }
}

function isWithin(value: string, stretch: Stretch): boolean {
  if (stretch === 'nothing') return false
  const { from, before } = stretch
  return (from === null || value >= from) && (before === null || value < before)
}

/** For dates and moments; every operator works on whole days, in the zone of the context. */
export function dateOperators<Settings>(scale: DayScale<Settings>): readonly AnyOperator<Settings, string>[] {
  const start = (day: CalendarDate, context: ValueContext) => (isCalendarDate(day) ? scale.startOf(day, context) : null)
  const after = (day: CalendarDate, context: ValueContext) => start(addDays(day, 1), context)
  const today = (context: ValueContext) => localDay(context.now.getTime(), context.timeZone)

  const operator = <Operand>(
    parts: Pick<Operator<Settings, string, Operand>, 'id' | 'label' | 'operandKind' | 'operand'> & {
      readonly stretch: (operand: Operand, context: ValueContext) => Stretch
      readonly negated?: boolean
    },
  ) => {
    const { stretch, negated = false, ...rest } = parts
    return defineOperator<Settings, string, Operand>({
      ...rest,
      predicate: (operand, _settings, context) => {
        const predicate = within(stretch(operand, context))
        return negated ? { kind: 'not', of: predicate } : predicate
      },
      test: (value, operand, _settings, context) =>
        (value !== null && isWithin(value, stretch(operand, context))) !== negated,
    })
  }

  const dayOperator = (
    id: string,
    label: string,
    stretch: (day: CalendarDate, context: ValueContext) => Stretch,
    negated = false,
  ) =>
    operator<string>({
      id,
      label,
      operandKind: 'value',
      operand: (settings, context) => operandOf((input) => scale.readDay(input, settings, context)),
      stretch: (day, context) => stretch(fromIsoDate(day), context),
      negated,
    })

  const wholeDay = (day: CalendarDate, context: ValueContext) => ({
    from: start(day, context),
    before: after(day, context),
  })

  return [
    dayOperator('is', 'is', wholeDay),
    dayOperator('is_not', 'is not', wholeDay, true),
    dayOperator('before', 'is before', (day, context) => ({ from: null, before: start(day, context) })),
    dayOperator('after', 'is after', (day, context) => {
      const from = after(day, context)
      return from === null ? 'nothing' : { from, before: null }
    }),
    dayOperator('on_or_before', 'is on or before', (day, context) => ({ from: null, before: after(day, context) })),
    dayOperator('on_or_after', 'is on or after', (day, context) => ({ from: start(day, context), before: null })),
    operator<readonly [from: string, to: string]>({
      id: 'between',
      label: 'is between',
      operandKind: 'range',
      operand: (settings, context) => operandRange((input) => scale.readDay(input, settings, context)),
      stretch: ([from, to], context) => ({
        from: start(fromIsoDate(from), context),
        before: after(fromIsoDate(to), context),
      }),
    }),
    operator<string>({
      id: 'within',
      label: 'is within',
      operandKind: 'period',
      operand: () => operandOf(readPeriodOperand),
      stretch: (text, context) => {
        const period = readRelativePeriod(text) ?? { which: 'this', unit: 'day' }
        const { from, to } = resolvePeriod(period, today(context))
        return { from: start(from, context), before: after(to, context) }
      },
    }),
    operator<string>({
      id: 'older_than',
      label: 'is more than … ago',
      operandKind: 'span',
      operand: () => operandOf(readSpanOperand),
      stretch: (text, context) => {
        const span = readDaySpan(text) ?? { count: 0, unit: 'day' }
        return { from: null, before: start(addUnits(today(context), span.unit, -span.count), context) }
      },
    }),
    ...emptyOperators,
  ]
}

function readPeriodOperand(input: unknown): Parsed<string> {
  const period = typeof input === 'string' ? readRelativePeriod(input) : null
  if (period !== null) return accept(printRelativePeriod(period))
  const asked = typeof input === 'string' ? quote(input) : 'this'
  return refuse(say('{value} is not a period such as “today”, “this month” or “last 7 days”', { value: asked }))
}

function readSpanOperand(input: unknown): Parsed<string> {
  const span = typeof input === 'string' ? readDaySpan(input) : null
  if (span !== null) return accept(printDaySpan(span))
  return refuse(
    say('{value} is not a length of time such as “30 days”', {
      value: typeof input === 'string' ? quote(input) : 'this',
    }),
  )
}
