import type { Json } from '@opslayer/core/values'

const schemes: Readonly<Record<string, string>> = { email: 'mailto:', phone: 'tel:', url: '', linkedin: '' }

/** Opens what a cell points to, if it is safe to. */
export function openLink(typeId: string, value: Json): boolean {
  const scheme = schemes[typeId]
  if (scheme === undefined || typeof value !== 'string') return false
  const address = `${scheme}${value}`
  if (!/^(?:https?:\/\/|mailto:|tel:)/i.test(address)) return false
  open(address, '_blank', 'noopener,noreferrer')
  return true
}
