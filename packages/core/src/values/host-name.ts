/** Labels of at most 63 characters that neither begin nor end with a hyphen; the last is of letters, or encoded. */
const hostName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{0,58}[a-z0-9])$/

/**
 * A host name in its ASCII form, lower-case, without a final dot: `Müller.DE.` → `xn--mller-kva.de`. `null` unless it
 * has at least two labels and a top level of letters.
 */
export function readHostName(text: string): string | null {
  const host = text.toLowerCase().replace(/\.$/, '')
  if (host.length > 253 || !/^[\p{L}\p{N}\p{M}.-]+$/u.test(host)) return null
  const ascii = /^[a-z0-9.-]+$/.test(host) ? host : toAscii(host)
  if (ascii === null || ascii.length > 253) return null
  return hostName.test(ascii) ? ascii : null
}

function toAscii(host: string): string | null {
  try {
    return new URL(`http://${host}/`).hostname
  } catch {
    return null
  }
}
