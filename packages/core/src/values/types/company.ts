import * as z from 'zod'
import { say } from '../../sentences/say.ts'
import { compareCodePoints } from '../code-points.ts'
import { defineColumnType, type Parsed } from '../column-type.ts'
import { readEmailAddress, splitMailbox } from '../email-address.ts'
import { readHostName } from '../host-name.ts'
import { shortInputText } from '../input-text.ts'
import { accept, quote, refuse } from '../parsed.ts'
import { registrableDomain } from '../registrable-domain.ts'
import { canonicalTextOperators } from '../text-operators.ts'
import { readWebAddress } from '../web-address.ts'

const settings = z.strictObject({})
type CompanySettings = z.infer<typeof settings>

/** Domains where people, not companies, have their mail; only an e-mail address is refused for them. */
const mailProviders: ReadonlySet<string> = new Set(
  'gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com icloud.com me.com mac.com aol.com gmx.de gmx.net gmx.com web.de t-online.de proton.me protonmail.com mail.com mail.ru yandex.ru qq.com 163.com 126.com orange.fr free.fr libero.it zoho.com fastmail.com'.split(
    ' ',
  ),
)

function parse(input: unknown): Parsed<string> {
  const text = shortInputText(input, 8_000)
  if (!text.ok || text.value === null) return text
  const email = readEmailAddress(splitMailbox(text.value).address)
  const host = email === null ? hostOf(text.value) : email.slice(email.lastIndexOf('@') + 1)
  const domain = host === null ? null : registrableDomain(host)
  if (domain === null)
    return refuse(say("{value} is not a company's web domain such as “acme.com”", { value: quote(text.value) }))
  if (email !== null && mailProviders.has(domain)) {
    return refuse(say('{value} is a private mailbox and names no company', { value: quote(text.value) }))
  }
  return accept(domain)
}

function hostOf(text: string): string | null {
  const address = readWebAddress(text)
  return typeof address === 'string' ? null : readHostName(address.hostname)
}

/** A company by its registrable web domain: `acme.com`, `acme.co.uk`. */
export const companyType = defineColumnType<CompanySettings, string>({
  id: 'company',
  label: 'Company',
  description: 'A company by its web domain; takes web and e-mail addresses too.',
  storage: 'text',
  maxBytes: 253,
  sort: 'value',
  settings,
  parse,
  format: (value) => value,
  toCsv: (value) => value,
  compare: compareCodePoints,
  operators: canonicalTextOperators<CompanySettings>(parse),
  aggregates: ['filled', 'empty', 'filled_share', 'empty_share', 'unique', 'distribution'],
  canBeUnique: true,
  examples: [
    { input: 'https://www.acme.com/about', value: 'acme.com', text: 'acme.com' },
    { input: 'ada@sales.acme.co.uk', value: 'acme.co.uk', text: 'acme.co.uk' },
    { input: 'WWW.Acme.DE', value: 'acme.de', text: 'acme.de' },
    { input: 'shop.myshopify.com', value: 'shop.myshopify.com', text: 'shop.myshopify.com' },
    { input: '', value: null, text: '' },
    { input: 'Acme Inc', refused: "“Acme Inc” is not a company's web domain such as “acme.com”" },
    { input: 'report.pdf', refused: "“report.pdf” is not a company's web domain such as “acme.com”" },
    { input: 'http://10.0.0.1/', refused: "“http://10.0.0.1/” is not a company's web domain such as “acme.com”" },
    { input: 'ada@gmail.com', refused: '“ada@gmail.com” is a private mailbox and names no company' },
  ],
})
