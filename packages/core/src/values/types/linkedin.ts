import * as z from 'zod'
import { say } from '../../sentences/say.ts'
import { compareCodePoints } from '../code-points.ts'
import { defineColumnType, type Parsed } from '../column-type.ts'
import { shortInputText } from '../input-text.ts'
import { accept, quote, refuse } from '../parsed.ts'
import { canonicalTextOperators } from '../text-operators.ts'
import { readWebAddress } from '../web-address.ts'

const settings = z.strictObject({})
type LinkedinSettings = z.infer<typeof settings>

/** First step of a LinkedIn path → the one we keep. */
const kinds: Readonly<Record<string, string>> = {
  in: 'in',
  pub: 'in',
  company: 'company',
  school: 'company',
  showcase: 'company',
}

function parse(input: unknown): Parsed<string> {
  const text = shortInputText(input, 2_000)
  if (!text.ok || text.value === null) return text
  const short = /^\/?((?:in|company)\/[^/\s]+)\/?$/i.exec(text.value)?.[1]
  const address = readWebAddress(short === undefined ? text.value : `https://www.linkedin.com/${short}`)
  if (typeof address === 'string' || !/(?:^|\.)linkedin\.com$/.test(address.hostname)) {
    return refuse(say('{value} is not a LinkedIn address', { value: quote(text.value) }))
  }
  const [kind = '', handle = ''] = address.pathname.split('/').slice(1)
  if (kind === 'sales' || kind === 'talent') {
    return refuse(
      say('{value} is a Sales Navigator link; open the profile and copy its public address', {
        value: quote(text.value),
      }),
    )
  }
  const kept = Object.hasOwn(kinds, kind.toLowerCase()) ? kinds[kind.toLowerCase()] : undefined
  const name = readHandle(handle)
  if (kept === undefined || name === null)
    return refuse(say('{value} is not a LinkedIn profile or company page', { value: quote(text.value) }))
  return accept(`https://www.linkedin.com/${kept}/${name}`)
}

function readHandle(encoded: string): string | null {
  try {
    const handle = decodeURIComponent(encoded).normalize('NFC').toLowerCase().normalize('NFC')
    return /^[\p{L}\p{N}\p{M}\p{S}_.&'’-]{1,100}$/u.test(handle) ? encodeURIComponent(handle) : null
  } catch {
    return null
  }
}

/** The address of a LinkedIn profile or company page, in one spelling. */
export const linkedinType = defineColumnType<LinkedinSettings, string>({
  id: 'linkedin',
  label: 'LinkedIn',
  description: 'The LinkedIn page of a person or a company.',
  storage: 'text',
  maxBytes: 1_300,
  sort: 'value',
  settings,
  parse,
  format: (value) => value,
  toCsv: (value) => value,
  compare: compareCodePoints,
  operators: canonicalTextOperators<LinkedinSettings>(parse),
  aggregates: ['filled', 'empty', 'filled_share', 'empty_share', 'unique'],
  canBeUnique: true,
  examples: [
    {
      input: 'http://de.linkedin.com/in/Ada-Lovelace/?trk=x',
      value: 'https://www.linkedin.com/in/ada-lovelace',
      text: 'https://www.linkedin.com/in/ada-lovelace',
    },
    {
      input: 'linkedin.com/company/acme/about/',
      value: 'https://www.linkedin.com/company/acme',
      text: 'https://www.linkedin.com/company/acme',
    },
    {
      input: 'in/ada',
      value: 'https://www.linkedin.com/in/ada',
      text: 'https://www.linkedin.com/in/ada',
    },
    {
      input: 'https://www.linkedin.com/in/josé',
      value: 'https://www.linkedin.com/in/jos%C3%A9',
      text: 'https://www.linkedin.com/in/jos%C3%A9',
    },
    { input: '', value: null, text: '' },
    { input: 'Ada Lovelace', refused: '“Ada Lovelace” is not a LinkedIn address' },
    { input: 'https://acme.com/in/ada', refused: '“https://acme.com/in/ada” is not a LinkedIn address' },
    {
      input: 'linkedin.com/feed',
      refused: '“linkedin.com/feed” is not a LinkedIn profile or company page',
    },
    {
      input: 'linkedin.com/sales/lead/1',
      refused: '“linkedin.com/sales/lead/1” is a Sales Navigator link; open the profile and copy its public address',
    },
  ],
})
