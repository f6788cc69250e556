import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OrgOps } from '@opslayer/core'
import { readXlsx } from 'hucre/xlsx'
import { expect, it } from 'vitest'
import { describeBothKinds } from '../databases/describe-databases.ts'
import { openOpsOnce } from './testing/open-ops-once.ts'
import { bytesOf, textOf } from './testing/read-export.ts'

const options = [
  { id: 'new', name: 'New' },
  { id: 'won', name: 'Won; signed' },
]

/** A table with what is hard to write: signs, delimiters, line breaks, texts that did not fit. */
async function makeLeads(acme: OrgOps): Promise<string> {
  const { id } = await acme.tables.create({
    name: 'Leads',
    columns: [
      { name: 'Name', type: 'text' },
      { name: 'Score', type: 'number' },
      { name: 'Phone', type: 'phone' },
      { name: 'Stage', type: 'dropdown', settings: { options } },
      { name: 'Tags', type: 'tags', settings: { options } },
      { name: 'Closes', type: 'date' },
      { name: 'Seen', type: 'datetime' },
      { name: 'Notes', type: 'long_text' },
      { name: 'Extra', type: 'json' },
      { name: 'Customer', type: 'checkbox' },
    ],
  })
  await acme.rows.insert(
    id,
    [
      {
        cells: {
          name: '=1+1',
          score: -5.2,
          phone: '+4930901820',
          stage: 'Won; signed',
          tags: ['new', 'won'],
          closes: '2026-01-07',
          seen: '2026-01-07T13:30:00.123Z',
          notes: 'first "line"\nsecond\tline',
          extra: { a: [1, 'b\\c'] },
          customer: true,
        },
      },
      { cells: { name: "'=x", score: 'many', closes: '1850-12-31', customer: false } },
      { cells: {} },
    ],
    { onInvalid: 'keep' },
  )
  return id
}

describeBothKinds('exports', (makeDatabase) => {
  const test = openOpsOnce(makeDatabase)

  it('writes CSV that a spreadsheet does not compute and that says everything', async () => {
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const leads = await makeLeads(acme)
    const exported = await acme.exports.stream(leads, { format: 'csv' })
    expect(exported.fileName).toBe('Leads.csv')
    expect(exported.contentType).toBe('text/csv; charset=utf-8')
    expect((await textOf(exported)).split('\r\n')).toEqual([
      '\ufeffName,Score,Phone,Stage,Tags,Closes,Seen,Notes,Extra,Customer',
      `'=1+1,-5.2,'+4930901820,"Won; signed","New, ""Won; signed""",2026-01-07,2026-01-07T13:30:00.123Z,"first ""line""\nsecond\tline","{""a"":[1,""b\\\\c""]}",true`,
      `''=x,many,,,,1850-12-31,,,,false`,
      ',,,,,,,,,',
      '',
    ])
    const report = await exported.finished
    expect(report).toEqual({ rows: 3, bytes: expect.any(Number), replacedCharacters: 0, cutCells: 0 })
  })

  it('writes JSON Lines with values', async () => {
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const leads = await makeLeads(acme)
    const exported = await acme.exports.stream(leads, { format: 'jsonl', header: 'keys' })
    const rows = (await textOf(exported))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(rows).toEqual([
      {
        name: '=1+1',
        score: -5.2,
        phone: '+4930901820',
        stage: 'Won; signed',
        tags: ['New', 'Won; signed'],
        closes: '2026-01-07',
        seen: '2026-01-07T13:30:00.123Z',
        notes: 'first "line"\nsecond\tline',
        extra: { a: [1, 'b\\c'] },
        customer: true,
      },
      expect.objectContaining({ name: "'=x", score: 'many', closes: '1850-12-31', customer: false, stage: null }),
      expect.objectContaining({ name: null, score: null, tags: null, customer: null }),
    ])
  })

  it('writes a workbook with typed cells', async () => {
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const leads = await makeLeads(acme)
    const exported = await acme.exports.stream(leads, { format: 'xlsx' })
    const { sheets } = await readXlsx(await bytesOf(exported))
    const [header, first, second, third] = sheets[0]?.rows ?? []
    expect(sheets[0]?.name).toBe('Leads')
    expect(header).toEqual(['Name', 'Score', 'Phone', 'Stage', 'Tags', 'Closes', 'Seen', 'Notes', 'Extra', 'Customer'])
    expect(first).toEqual([
      '=1+1',
      -5.2,
      '+4930901820',
      'Won; signed',
      'New, "Won; signed"',
      new Date('2026-01-07T00:00:00Z'),
      '2026-01-07T13:30:00.123Z',
      'first "line"\nsecond\tline',
      '{"a":[1,"b\\\\c"]}',
      true,
    ])
    expect(second?.slice(0, 6)).toEqual(["'=x", 'many', null, null, null, '1850-12-31'])
    expect(third?.filter((cell) => cell !== null) ?? []).toEqual([])
  })

  it('writes to a stream of the host', async () => {
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const leads = await makeLeads(acme)
    const directory = await mkdtemp(join(tmpdir(), 'opslayer-test-'))
    try {
      const path = join(directory, 'leads.tsv')
      const query = { format: 'tsv', columns: ['_id', 'score'], bom: false, newline: '\n' } as const
      const report = await acme.exports.writeTo(leads, query, createWriteStream(path))
      const text = await readFile(path, 'utf8')
      expect(text).toMatch(/^Row id\tScore\n\d+\t-5\.2\n\d+\tmany\n\d+\t\n$/)
      expect(report.bytes).toBe(text.length)
    } finally {
      await rm(directory, { recursive: true })
    }
  })

  it('writes to a stream of the web, and fails as it fails', async () => {
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const leads = await makeLeads(acme)
    const query = { format: 'csv', columns: ['score'], bom: false, newline: '\n' } as const
    const chunks: Uint8Array[] = []
    const sink = new WritableStream<Uint8Array>({ write: (chunk) => void chunks.push(chunk) })
    await acme.exports.writeTo(leads, query, sink)
    expect(Buffer.concat(chunks).toString()).toBe('Score\n-5.2\nmany\n""\n')

    const broken = new WritableStream<Uint8Array>({ write: () => Promise.reject(new Error('no more room')) })
    await expect(acme.exports.writeTo(leads, query, broken)).rejects.toThrow('no more room')
  })

  it('writes cells of a megabyte whole', async () => {
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const { id } = await acme.tables.create({ name: 'Long', columns: [{ name: 'Text', type: 'long_text' }] })
    const texts = ['é'.repeat(400_000), '😀\n"'.repeat(100_000), 'short', '\\t'.repeat(300_000)]
    for (const text of texts) await acme.rows.insert(id, [{ cells: { text } }])
    const lines = (await textOf(await acme.exports.stream(id, { format: 'jsonl' }))).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line).Text === texts[lines.indexOf(line)])).toEqual([true, true, true, true])
  })
})
