/** The longest web address, in UTF-16 units. */
export const maxUrlLength = 8_000

/** What is wrong with a web address; the sentence wants the address. */
export type AddressFault =
  | '{value} is not a web address'
  | '{value} is not a web address; it must start with http:// or https://'
  | '{value} holds a user name; is it an e-mail address?'
  | '{value} is too long for a web address'

/** Reads a web address, adding `https://` where the scheme is missing; or gives what is wrong with it. */
export function readWebAddress(text: string): URL | AddressFault {
  if (/[\p{Cc}\s\\]/u.test(text)) return '{value} is not a web address'
  const scheme = /^([a-z][a-z0-9+.-]*):(\/\/)?/i.exec(text)
  const isScheme = scheme && (scheme[2] !== undefined || !isHostWithPort(text))
  if (isScheme && !/^https?$/i.test(scheme[1] ?? '')) {
    return '{value} is not a web address; it must start with http:// or https://'
  }
  const url = parseUrl(isScheme ? text : `https://${text.replace(/^\/\//, '')}`)
  if (url === null) return '{value} is not a web address'
  if (url.username !== '' || url.password !== '') return '{value} holds a user name; is it an e-mail address?'
  const { hostname } = url
  const plausible = hostname.includes('.') || hostname === 'localhost' || hostname.startsWith('[')
  if (!plausible || hostname.startsWith('.') || hostname.includes('..')) return '{value} is not a web address'
  return url.href.length > maxUrlLength ? '{value} is too long for a web address' : url
}

function isHostWithPort(text: string): boolean {
  return /^[a-z0-9.-]+:\d{1,5}(?:[/?#]|$)/i.test(text)
}

function parseUrl(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    return null
  }
}
