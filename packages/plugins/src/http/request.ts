import { type Failed, failed, type Json, type PluginContext } from '@opslayer/core/plugin'
import * as z from 'zod'
import { headerName } from './credentials.ts'
import { jsonPath } from './json-path.ts'
import { fillBody, fillText, fillUrl, parsedJson, type Values } from './template.ts'

/** `name: value` in each line. */
const headerLines = z
  .string()
  .max(4_000)
  .default('')
  .refine((text) => linesOf(text).every(([name]) => headerName.safeParse(name).success), {
    error: 'Headers are lines such as "accept-language: en".',
  })
  .meta({ title: 'Headers', multiline: true, placeholder: 'accept-language: en' })

/** What a call is made of, with `{{value1}}` and so on for the row's cells. */
export const requestSettings = {
  url: z.string().min(1).max(4_000).meta({
    title: 'Address',
    description: 'A path continues the address of the connection. {{value1}} stands for the row’s first value.',
    placeholder: '/people?email={{value1}}',
  }),
  headers: headerLines,
  body: z
    .string()
    .max(50_000)
    .default('')
    .meta({ title: 'Body', multiline: true, placeholder: '{ "email": "{{value1}}" }' }),
  timeoutMs: z.int().min(1_000).max(120_000).default(30_000).meta({ title: 'Time limit, in milliseconds' }),
}

/** What of the answer is wanted. */
export const answerPath = z
  .string()
  .max(500)
  .default('')
  .refine((path) => jsonPath(path) !== undefined, 'A path is written as data.items[0].name.')
  .meta({ title: 'Path in the answer', placeholder: 'data.items[0].name' })

const cell = (place: number) =>
  z
    .json()
    .optional()
    .meta({ title: `Value ${place}`, description: `Stands for {{value${place}}}.` })

/** The cells of a row that templates may use. */
export const rowInputs = z.object({
  value1: cell(1),
  value2: cell(2),
  value3: cell(3),
  value4: cell(4),
  value5: cell(5),
  value6: cell(6),
})

export interface RequestParts {
  readonly method: string
  readonly url: string
  readonly headers: string
  readonly body: string
  readonly timeoutMs: number
}

export interface Answer {
  readonly status: number
  /** Parsed where it is JSON, else the text. */
  readonly body: Json
  readonly isJson: boolean
}

/** The longest answer that is read of a service that a user names. */
const answerBytes = 5 * 1_048_576

/**
 * Calls what the templates make of a row. An answer of 4xx or 5xx is a failure of the cell, under its status.
 *
 * @throws OpsError `URL_REFUSED`, PluginError
 */
export async function callFor(
  ctx: PluginContext<unknown>,
  { method, url, headers, body, timeoutMs }: RequestParts,
  values: Values,
): Promise<Answer | Failed> {
  const sent = body === '' || method === 'GET' ? undefined : fillBody(body, values)
  const own = Object.fromEntries(linesOf(headers).map(([name, value]) => [name, oneLine(fillText(value, values))]))
  const response = await ctx.fetch(fillUrl(url, values), {
    method,
    headers: { accept: 'application/json, */*;q=0.5', ...(sent && { 'content-type': sent.contentType }), ...own },
    ...(sent && { body: sent.body }),
    timeoutMs,
  })
  const { status } = response
  const text = await boundedText(response)
  if (text === undefined) {
    return failed('ANSWER_TOO_LARGE', `The service answered with more than ${answerBytes / 1_048_576} MB.`)
  }
  const json = parsedJson(text)
  if (response.ok) return { status, body: json ?? text, isJson: json !== undefined }
  return failed(String(status), `The service answered ${status}.`, {
    retryable: status === 408 || status === 429 || status >= 500,
    raw: text.slice(0, 2_000),
  })
}

async function boundedText(response: Response): Promise<string | undefined> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > answerBytes) return undefined
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function linesOf(text: string): [name: string, value: string][] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  return lines.map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, Math.max(0, colon)).trim(), line.slice(colon + 1).trim()]
  })
}

/** What a cell holds must not become a header of its own. */
function oneLine(text: string): string {
  return text.replace(/[\r\n\0]+/g, ' ')
}
