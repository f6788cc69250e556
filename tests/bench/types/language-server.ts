import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { workspaceRoot } from '../../rooms/workspace-packages.ts'

/** The compiler as editors use it. */
export interface LanguageServer extends AsyncDisposable {
  /** Shows the server the text of a file, or its new one. */
  show(path: string, text: string): void
  /** What may be written at the end of the file shown: the labels. */
  completionsAtEnd(path: string, text: string): Promise<readonly string[]>
}

interface Message {
  readonly id?: number
  readonly method?: string
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

/** Starts the language server of the workspace's compiler. */
export async function startLanguageServer(): Promise<LanguageServer> {
  const server = spawn(join(workspaceRoot, 'node_modules/.bin/tsc'), ['--lsp', '--stdio'], {
    cwd: workspaceRoot,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  const shown = new Map<string, number>()
  let sent = 0
  let received = Buffer.alloc(0)

  function send(message: object): void {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }))
    server.stdin.write(`Content-Length: ${body.length}\r\n\r\n`)
    server.stdin.write(body)
  }

  function request(method: string, params: object): Promise<unknown> {
    sent += 1
    const answer = Promise.withResolvers<unknown>()
    waiting.set(sent, answer)
    send({ id: sent, method, params })
    return answer.promise
  }

  function take({ id, method, result, error }: Message): void {
    // What the server asks of editors: settings, watching files. This one has nothing to say.
    if (method !== undefined && id !== undefined) send({ id, result: null })
    if (method !== undefined || id === undefined) return
    if (error === undefined) waiting.get(id)?.resolve(result)
    else waiting.get(id)?.reject(new Error(error.message))
    waiting.delete(id)
  }

  server.stdout.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    for (;;) {
      const end = received.indexOf('\r\n\r\n')
      const length = Number(/Content-Length: (\d+)/i.exec(received.subarray(0, Math.max(0, end)).toString())?.[1])
      if (end < 0 || received.length < end + 4 + length) return
      const body = received.subarray(end + 4, end + 4 + length)
      received = received.subarray(end + 4 + length)
      take(JSON.parse(body.toString()))
    }
  })
  server.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('The language server has ended.'))
  })

  const rootUri = pathToFileURL(workspaceRoot).href
  await request('initialize', { processId: process.pid, rootUri, capabilities: {} })
  send({ method: 'initialized', params: {} })
  return {
    show: (path, text) => {
      const uri = pathToFileURL(path).href
      const version = (shown.get(path) ?? 0) + 1
      shown.set(path, version)
      const opened = { textDocument: { uri, languageId: 'typescript', version, text } }
      const changed = { textDocument: { uri, version }, contentChanges: [{ text }] }
      if (version === 1) send({ method: 'textDocument/didOpen', params: opened })
      else send({ method: 'textDocument/didChange', params: changed })
    },
    completionsAtEnd: async (path, text) => {
      const lines = text.split('\n')
      const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 }
      const params = { textDocument: { uri: pathToFileURL(path).href }, position }
      const given = (await request('textDocument/completion', params)) as
        | readonly { readonly label: string }[]
        | { readonly items: readonly { readonly label: string }[] }
        | null
      const items = given === null ? [] : 'items' in given ? given.items : given
      return items.map(({ label }) => label)
    },
    [Symbol.asyncDispose]: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill()
      await ended
    },
  }
}
