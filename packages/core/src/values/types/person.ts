import * as z from 'zod'
import { say } from '../../sentences/say.ts'
import { compareCodePoints } from '../code-points.ts'
import { defineColumnType, type Parsed } from '../column-type.ts'
import { readEmailAddress, splitMailbox } from '../email-address.ts'
import { shortInputText } from '../input-text.ts'
import { accept, emptyCell, quote, refuse } from '../parsed.ts'
import { sortKey } from '../sort-key.ts'
import { textOperators } from '../text-operators.ts'

const settings = z.strictObject({})
type PersonSettings = z.infer<typeof settings>

function parse(input: unknown): Parsed<string> {
  const text = shortInputText(fromRecord(input))
  if (!text.ok || text.value === null) return text
  const line = text.value.replace(/\s+/g, ' ')
  const mailbox = splitMailbox(line)
  const address = readEmailAddress(mailbox.address)
  if (address !== null) {
    const name = tidyName(mailbox.name)
    const isName = name !== '' && readEmailAddress(name) !== address
    return accept(isName ? `${name} <${address}>` : address)
  }
  if (/[<>]/.test(line)) return refuse(say('{value} is neither a name nor “Name <e-mail>”', { value: quote(line) }))
  const name = tidyName(line)
  return name === '' ? emptyCell : accept(name)
}

function tidyName(name: string): string {
  return name.replace(/^["\s]+|["\s]+$/g, '')
}

/** `{ name, email }`, as CRMs hand people over, in its text form; anything else as it is. */
function fromRecord(input: unknown): unknown {
  if (typeof input !== 'object' || input === null) return input
  try {
    const { name, email } = input as { readonly name?: unknown; readonly email?: unknown }
    if (typeof email === 'string') return typeof name === 'string' && name.trim() !== '' ? `${name} <${email}>` : email
    return typeof name === 'string' ? name : input
  } catch {
    return input
  }
}

/** A person as `Name <e-mail>`, `e-mail` or `Name`. */
export const personType = defineColumnType<PersonSettings, string>({
  id: 'person',
  label: 'Person',
  description: 'A person by name, e-mail address or both, such as an owner.',
  storage: 'text',
  sort: 'natural-text',
  settings,
  parse,
  format: (value) => value,
  toCsv: (value) => value,
  compare: (a, b) => compareCodePoints(sortKey(a), sortKey(b)),
  operators: textOperators,
  aggregates: ['filled', 'empty', 'filled_share', 'empty_share', 'unique', 'distribution'],
  canBeUnique: false,
  examples: [
    { input: 'Ada Lovelace <Ada@Acme.com>', value: 'Ada Lovelace <ada@acme.com>', text: 'Ada Lovelace <ada@acme.com>' },
    {
      input: '"Lovelace, Ada" <ada@acme.com>',
      value: 'Lovelace, Ada <ada@acme.com>',
      text: 'Lovelace, Ada <ada@acme.com>',
    },
    { input: 'ADA@acme.com', value: 'ada@acme.com', text: 'ada@acme.com' },
    { input: 'Ada  Lovelace', value: 'Ada Lovelace', text: 'Ada Lovelace' },
    { input: { name: 'Ada', email: 'ada@acme.com' }, value: 'Ada <ada@acme.com>', text: 'Ada <ada@acme.com>' },
    { input: '', value: null, text: '' },
    { input: 'Ada <ada>', refused: '“Ada <ada>” is neither a name nor “Name <e-mail>”' },
    { input: ['Ada'], refused: 'it is a list or an object, not text' },
  ],
})
