import { describe, expect, it } from 'vitest'
import { builtInRegistry } from './built-in-functions.ts'
import { checkFormula } from './check.ts'
import { createEvaluator } from './evaluate.ts'
import type { FormulaColumn } from './formula-column.ts'
import { checked, shown, testMoment } from './testing/formula-databases.ts'

const columns: readonly FormulaColumn[] = [
  { id: 'col_1', key: 'name', name: 'Name', type: 'text', cell: 'c1' },
  { id: 'col_2', key: 'score', name: 'Lead score', type: 'number', cell: 'c2' },
  { id: 'col_3', key: 'close', name: 'Close date', type: 'date', cell: 'c3' },
  { id: 'col_4', key: 'met', name: 'Met', type: 'datetime', cell: 'c4' },
  { id: 'col_5', key: 'won', name: 'Won', type: 'boolean', cell: 'c5' },
  { id: 'col_6', key: 'tags', name: 'Tags', type: 'list<text>', cell: 'c6' },
  { id: 'col_7', key: 'call', name: 'Call', type: 'duration', cell: 'c7' },
  { id: 'col_8', key: 'data', name: 'Data', type: 'json', cell: 'c8' },
]
const surroundings = { columns, functions: builtInRegistry }

describe('a formula', () => {
  it.each([
    ['@score * 2', 'number'],
    ['@{lead score} > 5', 'boolean'],
    ['@Score & "x"', 'text'],
    ['IF @won THEN @score', 'number'],
    ['IF(@won, @score, "none")', 'text'],
    ['IF(@won, @close, @met)', 'datetime'],
    ['@close + 7', 'date'],
    ['@close - TODAY()', 'number'],
    ['NOW() - @met', 'duration'],
    ['@met + @call', 'datetime'],
    ['@close + @call', 'datetime'],
    ['@call * 2', 'duration'],
    ['@call / @call', 'number'],
    ['UNIQUE(@tags)', 'list<text>'],
    ['[@score, 1]', 'list<number>'],
    ['FIRST([@close])', 'date'],
    ['GET_JSON(@data, "a.b")', 'json'],
    ['BLANK()', 'blank'],
    ['IF(@won, BLANK(), @call)', 'duration'],
    ['@close > "2026-01-01"', 'boolean'],
    ['SWITCH(@name, "a", 1, "b", 2.5, 0)', 'number'],
    ['MAX(@close, @met)', 'datetime'],
    ['HOUR(@close)', 'number'],
    ['YEAR(@met)', 'number'],
    ['LEN(@score)', 'number'],
    ['AND(@won, @score > 1)', 'boolean'],
    ['AGE(@close)', 'number'],
    ['PERCENT_CHANGE(@score, 10) = 50%', 'boolean'],
  ])('%s gives %s', (source, type) => {
    expect(checked(source, surroundings).type).toBe(type)
  })

  it.each([
    ['@score + 1', null],
    ['TODAY() > @close', 'day'],
    ['AGE(@close)', 'day'],
    ['NOW() - TODATETIME(TODAY())', 'minute'],
  ])('%s is volatile by %s', (source, unit) => {
    expect(checked(source, surroundings).volatile).toBe(unit)
  })

  it.each([
    [
      'DATEDIF(@name, @close, "days")',
      8,
      13,
      'DATEDIF needs a date as “start”; @name is text. PARSE_DATE reads a date from text.',
    ],
    ['DATEDIF(@close, @close)', 0, 7, 'DATEDIF takes 3 arguments (start, end, unit); here there are 2.'],
    ['YEAR(@name)', 5, 10, 'YEAR needs a date as “date”; @name is text. PARSE_DATE reads a date from text.'],
    ['@score + @name', 0, 14, '“+” does not work on a number and text. VALUE reads a number from text.'],
    ['ABS(@name)', 4, 9, 'ABS needs a number as “number”; @name is text. VALUE reads a number from text.'],
    [
      'IF(@score, 1, 2)',
      3,
      9,
      'IF needs true or false as “condition”; @score is a number. Compare it, as in @score > 0, or ask ISBLANK.',
    ],
    ['IF(@won, @tags, 1)', 16, 17, 'IF needs values of one type, here a list of texts; 1 is a number.'],
    ['@name > 5', 8, 9, '“>” needs values of one type, here text; 5 is a number.'],
    ['@scor + 1', 0, 5, 'There is no column @scor. Did you mean "score"?'],
    ['@{Lead scor}', 0, 12, 'There is no column @{Lead scor}. Did you mean "Lead score"?'],
    ['LENN(@name)', 0, 4, 'There is no function LENN. Did you mean "LEN"?'],
    ['LEN', 0, 3, 'LEN is a function; write LEN(…).'],
    ['score + 1', 0, 5, 'To use the column, write @score.'],
    ['hello', 0, 5, '“HELLO” is neither a function nor a value; texts stand in quotes, columns behind @.'],
    ['LEFT()', 0, 4, 'LEFT takes 1 to 2 arguments (text, [count]); here there are none.'],
    ['ROUND(1, 2, 3)', 0, 5, 'ROUND takes 1 to 2 arguments (number, [places]); here there are 3.'],
    ['REGEX_MATCH(@name, "(a")', 19, 23, 'REGEX_MATCH cannot use this “pattern”: this group is not closed (at 1).'],
    ['REGEX_MATCH(@name, @name)', 19, 24, 'REGEX_MATCH needs “pattern” written out, not computed; @name is text.'],
    [
      'GET(@data, "a..b")',
      11,
      17,
      'GET cannot use this “path”: a name is missing; a path reads company.offices[0].city.',
    ],
    ['STARTOF(@close, "wek")', 16, 21, 'STARTOF does not know this “unit”. Did you mean "week"?'],
    ['UPPER(@data)', 6, 11, 'UPPER needs text as “text”; @data is JSON. GET reads text from JSON.'],
    ['UPPER(@tags)', 6, 11, 'UPPER needs text as “text”; @tags is a list of texts. JOIN makes text of a list.'],
    ['1 < 2 < 3', 0, 9, 'Comparisons cannot follow each other; join two of them with AND, as in a < b AND b < c.'],
  ])('%s is refused from %i to %i', (source, start, end, message) => {
    const outcome = checkFormula(source, surroundings)
    expect(outcome.ok ? [] : outcome.faults[0]).toMatchObject({ message })
    expect(outcome.ok ? [] : [outcome.faults[0]?.start, outcome.faults[0]?.end]).toEqual([start, end])
  })

  it('is told every fault that it has, each at its place and with what was most likely meant', () => {
    const told = (source: string) => {
      const outcome = checkFormula(source, surroundings)
      return outcome.ok
        ? []
        : outcome.faults.map(({ start, end, suggestion }) => [source.slice(start, end), suggestion])
    }
    expect(told('ROUN(@scre * 2) + score + nmae')).toEqual([
      ['ROUN', 'ROUND'],
      ['@scre', '@score'],
      ['score', '@score'],
      ['nmae', '@name'],
    ])
    // What is made of a faulty part is not judged by it.
    expect(told('UPPER(@scre) * 2')).toEqual([['@scre', '@score']])
    expect(told('IF(@won, UPPER(@data), DAY(@nme))')).toEqual([
      ['@data', undefined],
      ['@nme', '@name'],
    ])
    expect(told(Array.from({ length: 40 }, () => '@scre').join(' + '))).toHaveLength(10)
  })

  it('tells columns of one name apart', () => {
    const twice = [...columns, { id: 'col_9', key: 'name_2', name: 'name', type: 'text' as const, cell: 'c9' }]
    const outcome = checkFormula('@{NAME}', { columns: twice, functions: builtInRegistry })
    expect(!outcome.ok && outcome.faults[0]?.message).toBe(
      'There are several columns named “NAME”; write which one: @name, @name_2.',
    )
    expect(checkFormula('@{name}', { columns: twice, functions: builtInRegistry }).ok).toBe(true)
  })

  it.each([
    ['@score + 1', null],
    ['@score & "!"', '!'],
    ['"Hi " & @name', 'Hi'],
    ['@score > 0', false],
    ['@score = BLANK()', true],
    ['@name = ""', true],
    ['@name <> "x"', true],
    ['NOT @won', true],
    ['IF(@won, 1, 2)', 2],
    ['SUM(@score, 2)', 2],
    ['LEN(@name)', 0],
    ['UPPER(@name)', null],
    ['COUNT(@tags)', 0],
    ['DATEADD(@close, 1, "day")', null],
  ])('%s of an empty row gives %j', (source, result) => {
    const found = shown(createEvaluator(checked(source, surroundings)).evaluate({}, testMoment))
    expect(typeof found === 'string' ? found.trimEnd() : found).toEqual(result)
  })
})
