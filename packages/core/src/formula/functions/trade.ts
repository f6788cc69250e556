import { firstCodePoints } from '../../values/code-points.ts'
import { callingCodes, longestCallingCode } from '../calling-codes.ts'
import {
  defineComposition,
  defineFunction,
  type FormulaFunction,
  type FunctionExample,
  parameter,
} from '../formula-function.ts'
import { bound, code, type Fragment, list, raw } from '../fragment.ts'
import { lowerSql, trimmed, trimmedSql, upperSql, withoutAccents, withoutAccentsSql } from './text-case.ts'

const group = 'trade'

/** A function of a text that is a pattern's first group over the text in small letters, trimmed. */
function firstGroup(
  name: string,
  summary: string,
  source: string,
  examples: readonly FunctionExample[],
  aliases: readonly string[] = [],
) {
  const pattern = new RegExp(source)
  return defineFunction({
    name,
    group,
    aliases,
    summary,
    parameters: [parameter('text', 'text')],
    result: 'text',
    sql: ([text]) => groupSql(text, source),
    evaluate: ([text]) => groupOf(text, pattern),
    examples,
  })
}

const groupSql = (text: Fragment, source: string) =>
  code`(regexp_match(${lowerSql(trimmedSql(code`left(${text}, 1000)`))}, ${raw(`'${source}'`)}))[1]`

function groupOf(text: string, pattern: RegExp): string | null {
  return pattern.exec(trimmed(firstCodePoints(text, 1000)).toLowerCase())?.[1] ?? null
}

/** An address as mail programs write it, or alone; group 1 the local part, group 2 the domain. */
const mailbox = (local: string, domain: string) => `^(?:[^<>]*<)?(?:mailto:)?${local}@${domain}>?[.,;]?$`
const localPart = '[^@ <>,;:"()]+'
const domainPart = '[^@ <>,;:/"()]+[.][^@ <>,;:/"().]+'

const emailDomain = firstGroup(
  'EMAIL_DOMAIN',
  'The domain of an e-mail address in small letters; blank if the text is none.',
  mailbox(localPart, `(${domainPart})`),
  [
    { formula: 'EMAIL_DOMAIN("Ada Lovelace <Ada@Acme.com>")', result: 'acme.com' },
    { formula: 'EMAIL_DOMAIN("acme.com")', result: null },
  ],
)

const emailLocal = firstGroup(
  'EMAIL_LOCAL',
  'What stands before the @ of an e-mail address, in small letters.',
  mailbox(`(${localPart})`, domainPart),
  [{ formula: 'EMAIL_LOCAL("Ada.L@acme.com")', result: 'ada.l' }],
)

const isEmail = defineComposition({
  name: 'IS_EMAIL',
  group,
  summary: 'Whether the text is an e-mail address.',
  parameters: [parameter('text', 'text')],
  formula: 'NOT ISBLANK(EMAIL_DOMAIN(@text))',
  examples: [
    { formula: 'IS_EMAIL("ada@acme.com")', result: true },
    { formula: 'IS_EMAIL("ada at acme")', result: false },
  ],
})

/** Domains where people, not companies, have their mail. */
const freeMail =
  'gmail.com googlemail.com outlook.com outlook.de outlook.fr hotmail.com hotmail.co.uk hotmail.de hotmail.fr hotmail.it hotmail.es live.com live.co.uk live.fr live.nl msn.com yahoo.com yahoo.co.uk yahoo.co.in yahoo.co.jp yahoo.fr yahoo.de yahoo.it yahoo.es yahoo.com.br ymail.com rocketmail.com icloud.com me.com mac.com aol.com aol.co.uk gmx.de gmx.net gmx.com gmx.at gmx.ch web.de t-online.de freenet.de arcor.de proton.me protonmail.com protonmail.ch pm.me tutanota.com tuta.io mail.com email.com mail.ru bk.ru list.ru inbox.ru yandex.ru yandex.com rambler.ru qq.com 163.com 126.com sina.com foxmail.com naver.com hanmail.net daum.net orange.fr wanadoo.fr free.fr sfr.fr laposte.net neuf.fr libero.it virgilio.it alice.it tin.it tiscali.it zoho.com fastmail.com hey.com btinternet.com virginmedia.com sky.com ntlworld.com comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net shaw.ca rogers.com bigpond.com uol.com.br bol.com.br terra.com.br seznam.cz wp.pl o2.pl onet.pl interia.pl ziggo.nl kpnmail.nl planet.nl telenet.be skynet.be bluewin.ch rediffmail.com'.split(
    ' ',
  )

const freeDomains: ReadonlySet<string> = new Set(freeMail)

const isFreeDomain = defineFunction({
  name: 'IS_FREE_DOMAIN',
  group,
  summary: 'Whether a domain belongs to a mail provider where anyone can have an address, such as gmail.com.',
  parameters: [parameter('domain', 'text')],
  result: 'boolean',
  sql: ([domain]) => code`(${lowerSql(domain)} = any (${bound(freeMail, 'text[]')}))`,
  evaluate: ([domain]) => freeDomains.has(domain.toLowerCase()),
  examples: [{ formula: 'IS_FREE_DOMAIN("GMX.de")', result: true }],
})

const isFreeEmail = defineComposition({
  name: 'IS_FREE_EMAIL',
  group,
  summary:
    'Whether an e-mail address belongs to a private mailbox such as Gmail rather than to a company; blank if it is none.',
  parameters: [parameter('email', 'text')],
  formula: 'IS_FREE_DOMAIN(EMAIL_DOMAIN(@email))',
  examples: [
    { formula: 'IS_FREE_EMAIL("ada@gmail.com")', result: true },
    { formula: 'IS_FREE_EMAIL("ada@acme.com")', result: false },
    { formula: 'IS_FREE_EMAIL("ada")', result: null },
  ],
})

const hostPattern =
  '^(?:[a-z][a-z0-9+.-]*:)?(?://)?(?:[^/@ ]*@)?(?:www[.])?([^/:@?# ]+[.][^/:@?# .]+)[.]?(?:[:/?#].*)?$'

const urlHost = firstGroup('URL_HOST', 'The host of a web address in small letters, without “www.”.', hostPattern, [
  { formula: 'URL_HOST("https://www.Acme.co.uk/about?x=1")', result: 'acme.co.uk' },
  { formula: 'URL_HOST("ada@acme.com")', result: 'acme.com' },
])

/** Words under which countries register companies: co.uk, com.au. */
const secondLevels =
  'co|com|org|net|edu|ac|gov|gob|gouv|govt|mil|ltd|plc|sch|nhs|police|me|or|ne|go|gr|ad|ed|lg|id|asn|info|biz|web|firm|gen|ind|nom|press|law|school|cri|geek|iwi|kiwi|maori|health|parliament'

const rootEnding = `([^.]+[.](?:(?:${secondLevels})[.][a-z][a-z]|[^.]+))$`
const hostExpression = new RegExp(hostPattern)
const rootExpression = new RegExp(rootEnding)

const rootDomain = defineFunction({
  name: 'ROOT_DOMAIN',
  group,
  summary:
    'The domain that a company registers, of a web address, an e-mail address or a domain: mail.acme.co.uk becomes acme.co.uk. Knows the usual second levels of countries.',
  parameters: [parameter('text', 'text')],
  result: 'text',
  sql: ([text]) => code`(regexp_match(${groupSql(text, hostPattern)}, ${raw(`'${rootEnding}'`)}))[1]`,
  evaluate: ([text]) => rootExpression.exec(groupOf(text, hostExpression) ?? '')?.[1] ?? null,
  examples: [
    { formula: 'ROOT_DOMAIN("https://shop.acme.co.uk/x")', result: 'acme.co.uk' },
    { formula: 'ROOT_DOMAIN("ada@mail.acme.com")', result: 'acme.com' },
    { formula: 'ROOT_DOMAIN("acme.de")', result: 'acme.de' },
  ],
})

const linkedin = firstGroup(
  'LINKEDIN_HANDLE',
  'The name in the address of a LinkedIn profile or company page.',
  '^(?:https?://)?(?:[a-z]+[.])?linkedin[.]com/(?:in|company|school|pub|showcase)/([^/?# ]+)',
  [
    { formula: 'LINKEDIN_HANDLE("https://www.linkedin.com/in/ada-lovelace/?x")', result: 'ada-lovelace' },
    { formula: 'LINKEDIN_HANDLE("https://acme.com/in/ada")', result: null },
  ],
)

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

const countryCodes = [...callingCodes.keys()]
const countries = [...callingCodes.values()]

const phoneCountry = defineFunction({
  name: 'PHONE_COUNTRY',
  group,
  summary:
    'The country (ISO code) of a phone number in its international form, by its calling code; blank if it has none.',
  parameters: [parameter('phone', 'text')],
  result: 'text',
  sql: ([phone]) => {
    const digits = code`(regexp_match(regexp_replace(left(${phone}, 100), '[^0-9+]', '', 'g'), '^(?:[+]|00)([1-9][0-9]{4,})$'))[1]`
    const countryOf = (length: number) =>
      code`(${bound(countries, 'text[]')})[array_position(${bound(countryCodes, 'text[]')}, left(v.digits, ${length}))]`
    const lengths = Array.from({ length: longestCallingCode }, (_, i) => longestCallingCode - i)
    return code`(select coalesce(${list(lengths.map(countryOf))}) from (select ${digits} as digits offset 0) as v)`
  },
  evaluate: ([phone]) => {
    const plain = [...phone.slice(0, 200)]
      .slice(0, 100)
      .join('')
      .replace(/[^0-9+]/g, '')
    const digits = /^(?:[+]|00)([1-9][0-9]{4,})$/.exec(plain)?.[1]
    if (digits === undefined) return null
    for (let length = longestCallingCode; length > 0; length--) {
      const country = callingCodes.get(digits.slice(0, length))
      if (country !== undefined) return country
    }
    return null
  },
  examples: [
    { formula: 'PHONE_COUNTRY("+49 30 901820")', result: 'DE' },
    { formula: 'PHONE_COUNTRY("+1 (416) 555-0123")', result: 'CA' },
    { formula: 'PHONE_COUNTRY("030 901820")', result: null },
  ],
})

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

export const tradeFunctions: readonly FormulaFunction[] = [
  emailDomain,
  emailLocal,
  isEmail,
  isFreeDomain,
  isFreeEmail,
  urlHost,
  rootDomain,
  linkedin,
  fullName,
  firstName,
  lastName,
  initials,
  companyName,
  phoneCountry,
  similarity,
]
