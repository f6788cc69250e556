import type { Json } from '@opslayer/core/plugin'

/** What `{{value1}}` and so on stand for in one row. */
export type Values = Readonly<Record<string, Json | undefined>>

const placeholder = /\{\{\s*([A-Za-z][A-Za-z0-9]*)\s*\}\}/g
const onlyPlaceholder = /^\{\{\s*([A-Za-z][A-Za-z0-9]*)\s*\}\}$/

/**
 * Fills an address. A value at its very beginning is an address itself; everywhere else values are encoded, so that
 * none can leave its place in path or query.
 */
export function fillUrl(template: string, values: Values): string {
  return template.replace(placeholder, (_, name: string, place: number) => {
    const text = textOf(values[name])
    return place === 0 ? text : encodeURIComponent(text)
  })
}

/** Fills a text, such as a header. */
export function fillText(template: string, values: Values): string {
  return template.replace(placeholder, (_, name: string) => textOf(values[name]))
}

/**
 * Fills a body. In JSON a text that is nothing but `{{value1}}` becomes the value as it is, number or list; within a
 * text it becomes text. No value can leave its place, because the template is read before it is filled.
 */
export function fillBody(template: string, values: Values): { readonly body: string; readonly contentType: string } {
  const json = parsedJson(template)
  if (json === undefined) return { body: fillText(template, values), contentType: 'text/plain; charset=utf-8' }
  return { body: JSON.stringify(filled(json, values)), contentType: 'application/json' }
}

function filled(json: Json, values: Values): Json {
  if (typeof json === 'string') {
    const name = onlyPlaceholder.exec(json)?.[1]
    return name === undefined ? fillText(json, values) : (values[name] ?? null)
  }
  if (Array.isArray(json)) return json.map((each) => filled(each, values))
  if (typeof json !== 'object' || json === null) return json
  return Object.fromEntries(Object.entries(json).map(([name, each]) => [name, filled(each as Json, values)]))
}

function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

export function parsedJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
