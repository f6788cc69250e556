import type { FetchHandler, ProcedureName } from '@opslayer/server'
import { type Member, memberHeader } from './serve-ops.ts'

export type ProcedureKind = 'query' | 'mutation' | 'subscription' | 'download' | 'upload'

/** What is no procedure of the router, and yet a call with a rule. */
export const besideTheRouter: readonly (readonly [ProcedureName, ProcedureKind])[] = [
  ['exports.stream', 'download'],
  ['audit.export', 'download'],
  ['imports.errorFile', 'download'],
  ['imports.upload', 'upload'],
]

export interface Answer {
  readonly status: number
  /** `undefined` for calls that did what they were asked. */
  readonly code: string | undefined
  readonly text: string
}

const downloads: Partial<Record<ProcedureName, string>> = {
  'exports.stream': 'exports',
  'audit.export': 'audit',
  'imports.errorFile': 'import-errors',
}

/** Calls a procedure as a browser would, without a network between. */
export async function callProcedure(
  handler: FetchHandler,
  member: Member,
  [name, kind]: readonly [ProcedureName, ProcedureKind],
  input: unknown,
): Promise<Answer> {
  const json = JSON.stringify(input)
  const headers = { ...memberHeader(member), 'content-type': 'application/json' }
  const query = `?input=${encodeURIComponent(json ?? '')}`
  const aborted = new AbortController()
  const request = {
    query: () => new Request(`http://host/ops/rpc/${name}${query}`, { headers }),
    subscription: () => new Request(`http://host/ops/rpc/${name}${query}`, { headers, signal: aborted.signal }),
    mutation: () => new Request(`http://host/ops/rpc/${name}`, { method: 'POST', headers, body: json ?? '' }),
    upload: () => new Request('http://host/ops/uploads', { method: 'POST', headers, body: json ?? '' }),
    download: () => new Request(`http://host/ops/${downloads[name]}${query}`, { headers }),
  }[kind]()
  const response = await handler(request)
  if (kind !== 'subscription') return answerOf(response.status, await response.text())
  const text = await firstEvents(response)
  aborted.abort()
  return answerOf(text.includes('serialized-error') ? 400 : response.status, text)
}

function answerOf(status: number, text: string): Answer {
  return { status, code: /"ops":\{"code":"([A-Z_]+)"/.exec(text)?.[1], text }
}

/** What a stream says first: that it is connected, and then an event or an error. */
async function firstEvents(response: Response): Promise<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (reader !== undefined && !/("ready"|event: serialized-error\ndata: .*\n|event: return)/.test(text)) {
    const { done, value } = await reader.read()
    if (done) break
    text += value
  }
  await reader?.cancel()
  return text
}
