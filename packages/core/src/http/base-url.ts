import { OpsError } from '../errors/ops-error.ts'

/** What paths that a plugin calls continue. */
export interface BaseUrl {
  /** @throws OpsError `URL_REFUSED` for a path without a base, and what is no address */
  resolve(address: string | URL): URL
  /** The path below the base, with a leading slash; undefined for other addresses. */
  pathOf(url: URL): string | undefined
}

export function baseUrlOf(base: string | undefined): BaseUrl {
  const root = base === undefined ? undefined : parsed(base)
  const rootPath = root?.pathname.replace(/\/$/, '') ?? ''
  return {
    resolve: (address) => {
      if (typeof address !== 'string' || URL.canParse(address)) return new URL(address)
      if (root === undefined) throw refused('A path was called, and the plugin has no `baseUrl` that it continues.')
      return parsed(`${root.origin}${rootPath}${address.startsWith('/') ? '' : '/'}${address}`)
    },
    pathOf: (url) => {
      if (root === undefined || url.origin !== root.origin) return undefined
      if (rootPath !== '' && url.pathname !== rootPath && !url.pathname.startsWith(`${rootPath}/`)) return undefined
      return url.pathname.slice(rootPath.length) || '/'
    },
  }
}

function parsed(text: string): URL {
  if (URL.canParse(text)) return new URL(text)
  throw refused('What was called is no address: it needs a scheme, a host and a path, such as https://example.com/api.')
}

function refused(why: string): OpsError {
  return new OpsError('URL_REFUSED', why)
}
