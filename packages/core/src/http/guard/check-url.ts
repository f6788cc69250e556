import { isIP } from 'node:net'
import { OpsError } from '../../errors/ops-error.ts'
import { say } from '../../sentences/say.ts'
import { isPublicAddress } from './ip-class.ts'

const highPorts = 1_024

/** Ports that speak something else than HTTP, whoever listens there: a request could be read as their commands. */
const foreignPorts: ReadonlySet<number> = new Set([
  1433, 1521, 2049, 2181, 2375, 2376, 2379, 2380, 3306, 3389, 4190, 5432, 5672, 5900, 6000, 6379, 6443, 6566, 6697,
  9042, 9092, 9200, 9300, 10250, 11211, 27017,
])

/**
 * Checks what can be seen of a user's address without asking anybody: scheme, port, an IP address in place of a name.
 * What a name stands for is checked as it is resolved, see `guardedLookup`.
 *
 * @throws OpsError `URL_REFUSED`
 */
export function checkUrl(url: URL): void {
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw refused(say('Only http and https addresses are called.'))
  if (url.username !== '' || url.password !== '') {
    throw refused(say('An address holds no user name and password; put them into a header.'))
  }
  const port = url.port === '' ? undefined : Number(url.port)
  if (port !== undefined && port !== 80 && port !== 443 && (port < highPorts || foreignPorts.has(port))) {
    throw refused(`Port ${port} is not called: use 80, 443, or one from ${highPorts} that is meant for HTTP.`)
  }
  const host = bareHost(url)
  if (host === '') throw refused(say('The address has no host.'))
  if (isIP(host) !== 0) checkAddress(host)
  else if (isLocalName(host)) throw refused(say('The address names this machine or its own network.'))
}

/** @throws OpsError `URL_REFUSED` unless the IP address is public */
export function checkAddress(address: string): void {
  if (!isPublicAddress(address)) throw refused(say('The address lies in a private or reserved network.'))
}

/** The host as resolvers take it: without the brackets of IPv6 and the final dot. */
function bareHost(url: URL): string {
  return url.hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase()
}

/** Names that never lead into the internet, whatever a resolver makes of them. */
function isLocalName(host: string): boolean {
  return !host.includes('.') || /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home\.arpa)$/.test(host)
}

function refused(why: string): OpsError {
  return new OpsError('URL_REFUSED', why)
}
