import { firstCodePoints } from '../../values/code-points.ts'
import { defineFunction, type FormulaFunction, type FunctionExample, parameter } from '../formula-function.ts'
import { bound, code, type Fragment, raw } from '../fragment.ts'
import { lowerSql, trimmed, trimmedSql, upperSql, withoutAccents, withoutAccentsSql } from './text-case.ts'

const group = 'trade'

/** What stands before and behind names. */
const titles = 'mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|herr|frau|hr|fr|mme|mlle|ing|dipl'
const endings = 'jr|sr|ii|iii|iv|phd|md|mba|esq|cpa|pmp|cfa|msc|bsc|ma|ba'

/** Cuts titles, endings and an e-mail address off a name, and turns `Lovelace, Ada` round. */
const nameRules: readonly (readonly [pattern: string, by: string, flags: string])[] = [
  ['<[^<>]*>', '', 'g'],
  [`[,.]? +(?:${endings})[.]?(?=,|$)`, '', 'gi'],
  [`^(?:(?:${titles})(?:[.] *| +))+`, '', 'i'],
  ['^ *([^,]+), *([^,]+)$', '\\2 \\1', ''],
]
const nameExpressions = nameRules.map(([pattern, by, flags]) => ({
  pattern: new RegExp(pattern, flags),
  by: by.replaceAll('\\', '$'),
}))

function plainName(text: string): string {
  const short = trimmed(firstCodePoints(text, 1000))
  return trimmed(nameExpressions.reduce((name, { pattern, by }) => name.replace(pattern, by), short))
}

function plainNameSql(text: Fragment): Fragment {
  const name = nameRules.reduce(
    (inner, [pattern, by, flags]) =>
      code`regexp_replace(${inner} collate "C", ${raw(`'${pattern}'`)}, ${raw(`'${by}'`)}, ${raw(`'${flags}'`)})`,
    trimmedSql(code`left(${text}, 1000)`),
  )
  return trimmedSql(name)
}

function nameFunction(
  name: string,
  summary: string,
  sql: (words: Fragment) => Fragment,
  evaluate: (words: readonly string[]) => string | null,
  examples: readonly FunctionExample[],
) {
  return defineFunction({
    name,
    group,
    summary,
    parameters: [parameter('name', 'text')],
    result: 'text',
    sql: ([given]) =>
      code`(select ${sql(raw('v.words'))} from (select string_to_array(${plainNameSql(given)}, ' ') as words offset 0) as v)`,
    evaluate: ([given]) => {
      const plain = plainName(given)
      return plain === '' ? null : evaluate(plain.split(' '))
    },
    examples,
  })
}

const fullName = nameFunction(
  'FULL_NAME',
  'A name without titles, degrees and e-mail address, first name first.',
  (words) => code`array_to_string(${words}, ' ')`,
  (words) => words.join(' '),
  [{ formula: 'FULL_NAME("Dr. Lovelace, Ada <ada@acme.com>")', result: 'Ada Lovelace' }],
)

const firstName = nameFunction(
  'FIRST_NAME',
  'The first name in a full name, without titles; also of “Lovelace, Ada”.',
  (words) => code`${words}[1]`,
  (words) => words[0] ?? null,
  [
    { formula: 'FIRST_NAME("Dr. Ada King Lovelace")', result: 'Ada' },
    { formula: 'FIRST_NAME("Lovelace, Ada")', result: 'Ada' },
  ],
)

/** Small words that belong to the family name. */
const particles = [
  'van',
  'von',
  'de',
  'der',
  'den',
  'del',
  'della',
  'di',
  'da',
  'dos',
  'du',
  'la',
  'le',
  'ter',
  'ten',
  'zu',
  'zum',
  'zur',
  'bin',
  'al',
  'el',
  'st.',
]

const lastName = nameFunction(
  'LAST_NAME',
  'The family name in a full name with its “van” and “de”, without degrees; blank if there is one word only.',
  (words) => {
    const isParticle = code`item.place < cardinality(${words}) and item.place > 1 and lower(item.value collate "und-x-icu") collate "C" = any (${bound(particles, 'text[]')})`
    const from = code`coalesce((select min(item.place) from unnest(${words}) with ordinality as item(value, place) where ${isParticle})::int, cardinality(${words}))`
    return code`case when cardinality(${words}) > 1 then array_to_string((${words})[${from}:], ' ') end`
  },
  (words) => {
    if (words.length < 2) return null
    const from = words.findIndex((word, i) => i > 0 && i < words.length - 1 && particles.includes(word.toLowerCase()))
    return words.slice(from < 0 ? words.length - 1 : from).join(' ')
  },
  [
    { formula: 'LAST_NAME("Ada King Lovelace, PhD")', result: 'Lovelace' },
    { formula: 'LAST_NAME("Ludwig van Beethoven")', result: 'van Beethoven' },
    { formula: 'LAST_NAME("Ada")', result: null },
  ],
)

const initials = nameFunction(
  'INITIALS',
  'The first letters of the words of a name, in capitals.',
  (words) =>
    code`(select string_agg(${upperSql(raw('left(item.value, 1)'))}, '' order by item.place) from unnest(${words}) with ordinality as item(value, place))`,
  (words) => words.map((word) => String.fromCodePoint(word.codePointAt(0) ?? 0).toUpperCase()).join(''),
  [{ formula: 'INITIALS("Ada King lovelace")', result: 'AKL' }],
)

const similarity = defineFunction({
  name: 'SIMILARITY',
  group,
  summary:
    'How alike two texts are, from 0 to 1: twice the pairs of neighbouring letters that they share over all of them. Case and accents do not count.',
  parameters: [parameter('a', 'text'), parameter('b', 'text')],
  result: 'number',
  sql: ([a, b]) => {
    const plain = (text: Fragment) => code`left(${lowerSql(withoutAccentsSql(code`left(${text}, 100)`))}, 100)`
    const pairs = (text: Fragment) =>
      code`array(select distinct substr(${text}, n.place, 2) from generate_series(1, length(${text}) - 1) as n(place))`
    const shared = code`(select count(*) from unnest(w.x) as one(pair) where one.pair = any (w.y))`
    return code`(select case when w.a = w.b then 1 when cardinality(w.x) + cardinality(w.y) = 0 then 0 else 2 * ${shared}::float8 / (cardinality(w.x) + cardinality(w.y)) end
      from (select v.a, v.b, ${pairs(raw('v.a'))} as x, ${pairs(raw('v.b'))} as y from (select ${plain(a)} as a, ${plain(b)} as b offset 0) as v where num_nulls(v.a, v.b) = 0 offset 0) as w)`
  },
  evaluate: ([a, b]) => {
    const [one, other] = [plainLetters(a), plainLetters(b)]
    if (one.join('') === other.join('')) return 1
    const [x, y] = [pairsOf(one), pairsOf(other)]
    if (x.size + y.size === 0) return 0
    let shared = 0
    for (const pair of x) if (y.has(pair)) shared += 1
    return (2 * shared) / (x.size + y.size)
  },
  examples: [
    { formula: 'SIMILARITY("Acme", "ACME")', result: 1 },
    { formula: 'ROUND(SIMILARITY("Acme Inc", "Acme Ltd"), 2)', result: 0.57 },
    { formula: 'SIMILARITY("abc", "xyz")', result: 0 },
  ],
})

function plainLetters(text: string): readonly string[] {
  const short = firstCodePoints(text, 100)
  return [...withoutAccents(short).toLowerCase()].slice(0, 100)
}

function pairsOf(letters: readonly string[]): ReadonlySet<string> {
  const pairs = new Set<string>()
  for (let i = 0; i + 1 < letters.length; i++) pairs.add(`${letters[i]}${letters[i + 1]}`)
  return pairs
}

/** Legal forms at the end of company names. */
const legalForms =
  'inc|incorporated|corp|corporation|co|company|llc|llp|lp|ltd|limited|plc|gmbh|mbh|ag|kg|kgaa|ohg|ug|ev|se|sa|sas|sarl|srl|spa|bv|nv|ab|as|asa|oy|oyj|aps|pty|pte|pvt|kk|sl|slu|ltda|sro|doo|kft|zrt|holding|holdings|group'

const companyName = defineFunction({
  name: 'COMPANY_NAME',
  group,
  summary: 'A company’s name without its legal form: Acme GmbH & Co. KG becomes Acme.',
  parameters: [parameter('name', 'text')],
  result: 'text',
  sql: ([name]) => {
    const short = trimmedSql(code`left(${name}, 1000)`)
    return code`nullif(regexp_replace(${short} collate "C", ${raw(`'${companyEnding}'`)}, '', 'i'), '')`
  },
  evaluate: ([name]) => {
    const short = trimmed(firstCodePoints(name, 1000))
    return short.replace(new RegExp(companyEnding, 'i'), '')
  },
  examples: [
    { formula: 'COMPANY_NAME("Acme GmbH & Co. KG")', result: 'Acme' },
    { formula: 'COMPANY_NAME("Umbrella Corp.")', result: 'Umbrella' },
    { formula: 'COMPANY_NAME("Ford Motor Company")', result: 'Ford Motor' },
  ],
})
const companyEnding = `(?:(?:,? +(?:&|and|und|et|y) +| *, *| +)(?:${legalForms})[.]?)+$`

export const nameFunctions: readonly FormulaFunction[] = [
  fullName,
  firstName,
  lastName,
  initials,
  companyName,
  similarity,
]
