import { readFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { type BuildPageOptions, buildPage } from './build-page.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

export interface ServedPage extends AsyncDisposable {
  /** Ends in a slash. */
  readonly url: string
  /** Where the bundle stands. */
  readonly directory: string
}

export interface ServePageOptions extends BuildPageOptions {
  /** Answers what is asked for below `/ops`. */
  readonly api?: RequestListener
}

/** Bundles a page from its sources and serves it on a free port of this machine. */
export async function servePage(root: string, { api, ...options }: ServePageOptions = {}): Promise<ServedPage> {
  const built = await buildPage(root, options)
  const { directory } = built
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page')
    if (api !== undefined && pathname.startsWith('/ops')) {
      api(request, response)
      return
    }
    const path = join(directory, normalize(pathname === '/' ? '/index.html' : pathname))
    try {
      const content = await readFile(path)
      response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(content)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    directory,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await built[Symbol.asyncDispose]()
    },
  }
}
