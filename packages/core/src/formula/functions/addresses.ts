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
import { lowerSql, trimmed, trimmedSql } from './text-case.ts'

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

export const addressFunctions: readonly FormulaFunction[] = [
  emailDomain,
  emailLocal,
  isEmail,
  isFreeDomain,
  isFreeEmail,
  urlHost,
  rootDomain,
  linkedin,
  phoneCountry,
]
