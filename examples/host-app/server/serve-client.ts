import { mkdtemp, rm } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sirv from 'sirv'
import { build, createServer, defaultClientConditions, type InlineConfig } from 'vite'

/** The page, ready to be served. */
export interface Client extends AsyncDisposable {
  readonly isDev: boolean
  serve(request: IncomingMessage, response: ServerResponse): void
}

const root = fileURLToPath(new URL('..', import.meta.url))

const shared: InlineConfig = {
  root,
  configFile: false,
  logLevel: 'error',
  // The packages of this workspace are taken from their sources. Yours come built, and need nothing here.
  resolve: { conditions: [...defaultClientConditions, '@opslayer/source'] },
}

/** Builds the page and serves what came of it; in development it is served from its sources. */
export async function serveClient({ isDev }: { readonly isDev: boolean }): Promise<Client> {
  return isDev ? await serveSources() : await serveBuilt()
}

async function serveBuilt(): Promise<Client> {
  // A folder of its own: another demo that starts meanwhile builds into another one.
  const built = await mkdtemp(join(tmpdir(), 'northwind-'))
  await build({
    ...shared,
    build: { outDir: built, emptyOutDir: true, reportCompressedSize: false, modulePreload: false },
  })
  // Addresses of the app's own routes all get the one page.
  const files = sirv(built, { single: true, etag: true })
  return {
    isDev: false,
    serve: (request, response) =>
      files(request, response, () => {
        response.writeHead(404).end()
      }),
    [Symbol.asyncDispose]: () => rm(built, { recursive: true, force: true }),
  }
}

async function serveSources(): Promise<Client> {
  const vite = await createServer({ ...shared, server: { middlewareMode: true }, appType: 'spa' })
  return {
    isDev: true,
    serve: (request, response) => vite.middlewares(request, response),
    [Symbol.asyncDispose]: () => vite.close(),
  }
}
