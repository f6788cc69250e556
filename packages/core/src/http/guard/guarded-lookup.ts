import type { LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { OpsError } from '../../errors/ops-error.ts'
import { checkAddress } from './check-url.ts'

/** All addresses of a name, as `dns.promises.lookup(name, { all: true })` gives them. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>

/**
 * A lookup for sockets that resolves a name once, checks every address and hands out the checked ones: there is no
 * second look-up between check and connection that could say something else.
 */
export function guardedLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    const answer = async (): Promise<readonly LookupAddress[]> => {
      const addresses = await resolve(hostname)
      for (const { address } of addresses) checkAddress(address)
      if (addresses.length === 0) throw new OpsError('URL_REFUSED', 'The name has no address.')
      return addresses
    }
    answer().then(
      (addresses) => {
        if (options.all === true) callback(null, [...addresses])
        else callback(null, addresses[0]?.address ?? '', addresses[0]?.family)
      },
      (error) => callback(error, ''),
    )
  }
}
