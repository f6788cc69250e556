import { describe, expect, it } from 'vitest'
import { testContext } from '../../values/testing/test-context.ts'
import { csvOf, propose } from './testing/propose.ts'

const german = { ...testContext, locale: 'de-DE' }

/** What is proposed for one column of texts. */
async function columnOf(header: string, texts: readonly string[], context = testContext) {
  const { columns } = await propose(csvOf({ [header]: texts, other: ['x'] }), undefined, undefined, context)
  const [column] = columns
  if (column === undefined) throw new Error('Nothing was proposed.')
  return { ...column, because: column.evidence.map(({ because }) => because).join(' ') }
}

const people = Array.from({ length: 40 }, (_, at) => `person${at}`)

describe('types', () => {
  it.each([
    ['Email', people.map((name) => `${name}@acme.com`), 'email'],
    ['Website', people.map((name) => `${name}.com`), 'url'],
    ['Domain', people.map((name) => `${name}.com`), 'company'],
    ['Mobile', people.map((_, at) => `41555526${10 + at}`), 'phone'],
    ['Zip', people.map((_, at) => String(94_100 + at)), 'text'],
    ['Order ID', people.map((_, at) => String(5_000 + at)), 'text'],
    ['First name', ['Ann', 'Bob', 'Ann', 'Bob', 'Ann', 'Bob', 'Ann', 'Bob', 'Ann', 'Bob'], 'text'],
    ['Stage', ['Won', 'Lost', 'Open', 'Won', 'Lost', 'Open', 'Won', 'Lost', 'Open', 'Won', 'Lost', 'Open'], 'dropdown'],
    ['Labels', ['a; b', 'b; c', 'a', 'a; b', 'b; c', 'a', 'a; b', 'b; c', 'a', 'a; b', 'b; c', 'a'], 'tags'],
    ['Notes', people, 'long_text'],
    ['Amount', people.map((_, at) => `$${at}.50`), 'currency'],
    ['Share', people.map((_, at) => `${at} %`), 'percent'],
    ['Seen', people.map((_, at) => `2026-01-0${1 + (at % 9)} 12:00`), 'datetime'],
    ['Subscribed', ['yes', 'no', 'yes'], 'checkbox'],
  ])('%s', async (header, texts, type) => {
    expect((await columnOf(header, texts)).type).toBe(type)
  })

  it('options are proposed with the type', async () => {
    const { settings } = await columnOf(
      'Stage',
      Array.from({ length: 40 }, (_, at) => ['Won', 'Lost'][at % 2] ?? ''),
    )
    expect(settings).toMatchObject({ options: [{ name: 'Won' }, { name: 'Lost' }] })
  })

  it('cells of JSON keep their kinds', async () => {
    const { columns } = await propose(
      '{"n":1.5,"b":true,"t":["x","y"],"o":{"a":1}}\n{"n":2,"b":false,"t":["x"],"o":{}}\n',
    )
    expect(columns.map(({ type }) => type)).toEqual(['number', 'checkbox', 'list', 'json'])
  })
})

describe('dates', () => {
  it('the day comes first where some date proves it', async () => {
    const { facts, because, settings } = await columnOf('When', ['01/02/2026', '31/12/2025', '05/06/2026'])
    expect(facts.dateOrder).toBe('dmy')
    expect(because).toContain('1 dates such as “31/12/2025” can only begin with the day')
    expect(settings).toMatchObject({ inputOrder: 'locale' })
  })

  it('the day comes first where points stand between the numbers, unless one such date shows otherwise', async () => {
    const { facts, because } = await columnOf('When', ['03.12.2026', '04.11.2026'])
    expect(facts.dateOrder).toBe('dmy')
    expect(because).toContain('2 dates such as “03.12.2026” can only begin with the day')
    expect((await columnOf('When', ['03.12.2026', '12.31.2026'])).facts.dateOrder).toBe('mdy')
    expect((await columnOf('When', ['03.12.2026', '12/31/2026'])).type).toBe('text')
  })

  it('nothing is claimed where nothing is proven', async () => {
    const { facts, because } = await columnOf('When', ['01/02/2026', '05/06/2026'])
    expect(facts.dateOrder).toBeUndefined()
    expect(because).toContain('Nothing proves how “01/02/2026” is meant')
  })

  it('dates that contradict each other stay text', async () => {
    expect((await columnOf('When', ['31/12/2026', '12/31/2026', '01/02/2026'])).type).toBe('text')
  })
})

describe('decimal marks', () => {
  it('a comma is proven by two digits behind it, or by points that group', async () => {
    const { facts, because } = await columnOf('Price', ['1,5', '1.234,50', '7'])
    expect(facts.decimalMark).toBe(',')
    expect(because).toContain('2 numbers such as “1,5” can only have a decimal comma')
    expect((await columnOf('Price', ['1.234.567', '1.234'])).facts.decimalMark).toBe(',')
  })

  it('a point is proven the same way', async () => {
    expect((await columnOf('Price', ['1.5', '1,234'], german)).facts.decimalMark).toBe('.')
    expect((await columnOf('Price', ['1,234,567', '1,234'], german)).facts.decimalMark).toBe('.')
  })

  it('a column that proves nothing goes by the other columns of the file', async () => {
    const { columns } = await propose(csvOf({ Price: ['1,5', '2,5'], Size: ['1.234', '2.345'] }, ';'))
    expect(columns.map(({ facts }) => facts.decimalMark)).toEqual([',', ','])
    expect(columns[1]?.evidence.at(-1)?.because).toBe('Other columns of the file have a decimal comma.')
  })

  it('alone, it goes by the locale, and says so', async () => {
    const { facts, because } = await columnOf('Size', ['1.234', '2.345'])
    expect(facts.decimalMark).toBeUndefined()
    expect(because).toContain('Nothing proves how “1.234” is meant')
  })
})

describe('words for nothing', () => {
  const sizes = ['12', 'N/A', '13', '-', '14', 'n/a', '15', '-', 'N/A', '-']

  it('do not spoil a column of numbers', async () => {
    const { type, facts, because } = await columnOf('Size', sizes)
    expect(type).toBe('number')
    expect(facts.emptyTexts).toEqual(['n/a', '-'])
    expect(because).toContain('“n/a”, “-” stands for nothing')
  })

  it('are worth a look where they stand once or twice', async () => {
    const { type, facts } = await columnOf('Size', [
      ...sizes.filter((size) => /\d/.test(size)),
      ...people.map(() => '7'),
      'N/A',
    ])
    expect(type).toBe('number')
    expect(facts.emptyTexts).toBeUndefined()
  })

  it('are texts like others among texts', async () => {
    const { facts } = await columnOf('City', ['Ulm', 'N/A', 'Bonn', 'N/A', 'Rome', 'N/A'])
    expect(facts.emptyTexts).toBeUndefined()
  })
})
