import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { makeWorkbook, rowXml } from '../../../packages/core/src/transfer/read/testing/make-workbook.ts'
import { type Lead, leadColumns, leadKeys, leads } from '../store/data-set.ts'

/** How files of the same rows differ. */
export type LeadFile = 'plain.csv' | 'quoted.csv' | 'accents.csv' | 'lines.jsonl'

/** Writes a file of rows. */
export async function writeLeadFile(path: string, kind: LeadFile, rows: number): Promise<void> {
  const file = createWriteStream(path)
  for (const line of linesOf(kind, rows)) if (!file.write(line)) await once(file, 'drain')
  file.end()
  await once(file, 'close')
}

function* linesOf(kind: LeadFile, rows: number): Generator<string> {
  if (kind !== 'lines.jsonl') yield `${leadColumns.map(({ name }) => name).join(',')}\n`
  for (const lead of leads(rows)) yield lineOf(kind, lead)
}

function lineOf(kind: LeadFile, lead: Lead): string {
  const texts = leadKeys.map((key) => textOf(lead[key] ?? null))
  switch (kind) {
    case 'plain.csv':
      return `${texts.map((text) => (text.includes(',') ? `"${text}"` : text)).join(',')}\n`
    case 'quoted.csv':
      return `${texts.map((text) => `"${text}"`).join(',')}\n`
    case 'accents.csv':
      return `${texts.map((text, at) => (at === 0 ? `Zoë ${text}` : `"${text}"`)).join(',')}\n`
    case 'lines.jsonl':
      return `${JSON.stringify(lead)}\n`
  }
}

function textOf(value: Lead[string]): string {
  if (value === null || value === undefined) return ''
  return Array.isArray(value) ? value.join(', ') : String(value)
}

/** A workbook of rows, and what its sheet unpacks to. */
export function leadWorkbook(rows: number): Buffer {
  const lines = [rowXml(...leadColumns.map(({ name }) => name))]
  for (const lead of leads(rows)) {
    lines.push(
      rowXml(
        ...leadKeys.map((key) => {
          const value = lead[key] ?? null
          return typeof value === 'number' ? value : textOf(value)
        }),
      ),
    )
  }
  return makeWorkbook({ sheets: { Leads: lines.join('') } })
}
