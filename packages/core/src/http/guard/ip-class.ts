import ipaddr from 'ipaddr.js'

/** Addresses of cloud providers that look public and are not: Azure's agent, from where a machine reads its secrets. */
const providerInternal = ['168.63.129.16']

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')
const nat64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96')

/**
 * Whether an IP address lies in the public internet. Private, loopback, link-local (metadata services among them),
 * carrier-grade NAT, multicast and reserved ranges do not; an IPv6 address that stands for an IPv4 one is judged as
 * that one, and tunnels whose end cannot be known are refused.
 */
export function isPublicAddress(text: string): boolean {
  // Zone ids name interfaces of this machine.
  if (text.includes('%') || !ipaddr.isValid(text)) return false
  const address = ipaddr.parse(text)
  if (address instanceof ipaddr.IPv4) return isPublicIpv4(address)
  if (address.isIPv4MappedAddress()) return isPublicIpv4(address.toIPv4Address())
  // The way to IPv4 from networks that have only IPv6.
  if (address.match(nat64)) return isPublicIpv4(new ipaddr.IPv4(address.toByteArray().slice(12)))
  return address.range() === 'unicast' && address.match(globalUnicast)
}

function isPublicIpv4(address: ipaddr.IPv4): boolean {
  return address.range() === 'unicast' && !providerInternal.includes(address.toString())
}
