import { useEffect, useState } from 'react'

/**
 * Whether the browser keeps a failure until the page is loaded anew: code that was asked for under another address fails
 * again although the server gives it, so what failed is a file that it shares with other code, whose address is fixed.
 */
export function useKeptFailure(error: unknown): boolean {
  const [kept, setKept] = useState<unknown>(null)
  useEffect(() => {
    const [address] = /https?:\/\/\S+\?try=\d+/.exec(String(error)) ?? []
    if (address === undefined) return
    const left = new AbortController()
    fetch(address, { signal: left.signal }).then(
      ({ ok }) => ok && setKept(error),
      () => {},
    )
    return () => left.abort()
  }, [error])
  return error !== undefined && kept === error
}
