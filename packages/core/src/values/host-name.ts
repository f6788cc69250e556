/**
 * A host name in its ASCII form, lower-case, without a final dot: `Müller.DE.` → `xn--mller-kva.de`. `null` unless it
 * has at least two labels and a top level of letters.
 */
export function readHostName(text: string): string | null {
  const host = text.toLowerCase().replace(/\.$/, '')
  if (host.length > 253 || !/^[\p{L}\p{N}\p{M}.-]+$/u.test(host)) return null
  const ascii = /^[a-z0-9.-]+$/.test(host) ? host : toAscii(host)
  if (ascii === null || ascii.length > 253) return null
  const labels = ascii.split('.')
  const valid = labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label))
  return valid && labels.length > 1 && /^(?:[a-z]{2,}|xn--[a-z0-9-]+)$/.test(labels.at(-1) ?? '') ? ascii : null
}

function toAscii(host: string): string | null {
  try {
    return new URL(`http://${host}/`).hostname
  } catch {
    return null
  }
}
