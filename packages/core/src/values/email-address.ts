import { readHostName } from './host-name.ts'

/** A name and an address as mail programs write them: `Ada Lovelace <ada@acme.com>`. */
export interface Mailbox {
  readonly name: string
  readonly address: string
}

/** Splits `Name <address>`, `"Last, First" <address>`, `<address>`; without brackets all is `address`. */
export function splitMailbox(text: string): Mailbox {
  const match = /^([^<>]*)<([^<>]*)>$/.exec(text)
  if (!match) return { name: '', address: text }
  const name = (match[1] ?? '').trim()
  const unquoted = /^"(.*)"$/.exec(name)?.[1]?.replace(/\\(.)/g, '$1') ?? name
  return { name: unquoted.trim(), address: (match[2] ?? '').trim() }
}

/**
 * An e-mail address, lower-case, its domain in ASCII; takes `mailto:` and stray marks at the end. `null` if it is no
 * address. Quoted local parts and IP domains are not taken: no sales tool can mail them.
 */
export function readEmailAddress(text: string): string | null {
  const plain = text
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/\?.*$/s, '')
    .replace(/[.,;]+$/, '')
    .toLowerCase()
  const at = plain.lastIndexOf('@')
  const local = plain.slice(0, at)
  if (at < 1 || local.length > 64 || plain.length > 254) return null
  if (!/^[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+)*$/u.test(local)) return null
  const domain = readHostName(plain.slice(at + 1))
  return domain === null || local.length + domain.length > 253 ? null : `${local}@${domain}`
}
