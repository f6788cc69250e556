import { isAscii } from 'node:buffer'
import { OpsError } from '../../errors/ops-error.ts'
import { say } from '../../sentences/say.ts'
import { columnsWidth } from './columns-width.ts'
import { byteOrderMark, decodeBytes, wholeCharacters } from './decode-bytes.ts'
import { detectDelimited, firstRecords } from './detect-delimited.ts'
import { detectEncoding } from './detect-encoding.ts'
import { detectHeader } from './detect-header.ts'
import { detectJson } from './detect-json.ts'
import type { Evidence } from './evidence.ts'
import type { FileFormat, KnownFormat } from './file-format.ts'
import type { SourceInspection } from './inspect-source.ts'
import { nameColumns } from './name-columns.ts'
import { openSource } from './open-source.ts'
import { readRecords } from './read-records.ts'
import type { RawCell, RawRecord, RejectedRecord } from './record-batch.ts'
import { refuseBinary } from './sniff-kind.ts'
import { maxHeadBytes, type Source } from './source.ts'

const sampleRecords = 1_000

/** Looks at the beginning of a text file. See `inspectSource`. */
export async function inspectText(source: Source, head: Buffer, known: KnownFormat): Promise<SourceInspection> {
  const isWhole = head.length < maxHeadBytes || head.length === source.size
  const detected = detectEncoding(head)
  const encoding = known.encoding ?? detected.encoding
  const evidence: Evidence[] = known.encoding === undefined ? [{ about: 'encoding', because: detected.because }] : []
  const marked = byteOrderMark(head, encoding)
  const whole = head.subarray(marked, isWhole ? head.length : marked + wholeCharacters(head.subarray(marked), encoding))
  const { text, misread } = decodeBytes(whole, encoding)
  refuseBinary(text)
  if (text.trim() === '') throw new OpsError('INVALID_INPUT', say('The file has nothing but white space in it.'))

  const json = known.kind === undefined ? detectJson(text, isWhole) : null
  if (json !== null) evidence.push({ about: 'kind', because: json.because })
  const kind = known.kind ?? json?.kind ?? 'delimited'
  const warnings: string[] = []
  if (misread)
    warnings.push(say('Some bytes are not UTF-8. Their records will be rejected, unless another encoding is set.'))
  else if (encoding !== detected.encoding && (/16/.test(encoding) || !isAscii(head))) {
    warnings.push(`The file is read as ${encoding}, but looks like ${detected.encoding}: ${detected.because}`)
  }
  const format = kind === 'delimited' ? delimitedFormat() : jsonFormat(kind === 'json-lines' ? kind : 'json-array')

  function delimitedFormat(): FileFormat {
    const { marks, evidence: found } = detectDelimited(text, isWhole, known, source.name)
    evidence.push(...found)
    const { records } = firstRecords(text, isWhole, marks, 100)
    return { kind: 'delimited', encoding, ...marks, header: headerOf(records) }
  }

  function jsonFormat(jsonKind: 'json-lines' | 'json-array'): FileFormat {
    return { kind: jsonKind, encoding, header: known.header ?? false }
  }

  function headerOf(records: readonly (readonly RawCell[])[]): boolean {
    if (known.header !== undefined) return known.header
    const found = detectHeader(records)
    evidence.push({ about: 'header', because: found.because })
    return found.header
  }

  return await describe(source, head, isWhole, format, evidence, warnings)
}

/** Reads the sample as the whole file will be read. */
async function describe(
  source: Source,
  head: Buffer,
  isWhole: boolean,
  format: FileFormat,
  evidence: readonly Evidence[],
  warnings: string[],
): Promise<SourceInspection> {
  await using looked = await openSource(head)
  const sample: RawRecord[] = []
  let headers: string[] = []
  let end = 0
  const withHeader = { ...format, header: false }
  let isDone = false
  const rejected: RejectedRecord[] = []
  try {
    for await (const batch of readRecords(looked, withHeader, { batchRecords: sampleRecords + 1 })) {
      sample.push(...batch.records)
      headers = [...(batch.end.foundColumns ?? headers)]
      end = batch.end.byte
      rejected.push(...batch.rejected)
      isDone = sample.length > sampleRecords
      if (isDone) break
    }
  } catch (error) {
    if (isWhole || sample.length === 0) throw error
  }
  const [first] = rejected
  if (sample.length === 0) {
    throw new OpsError(
      'INVALID_INPUT',
      first === undefined
        ? say('No record of the file can be read: it has none.')
        : say('No record of the file can be read: line {#line}: {~reason}.', first),
    )
  }
  if (isWhole && rejected.length > 0) warnings.push(rejectedWarning(rejected.length))
  // The last record of a head is cut, and what is wrong with it means nothing.
  if (!isWhole && !isDone && sample.length > 1) sample.pop()
  if (format.header) headers = (sample.shift() ?? []).map((cell) => (cell === null ? '' : String(cell)))
  const columns = nameColumns(headers, columnsWidth(sample, headers.length))
  const bytesPerRecord = end / Math.max(1, sample.length)
  const estimatedRecords = isWhole
    ? sample.length
    : source.size === undefined
      ? null
      : Math.round(source.size / bytesPerRecord)
  return { format, evidence, columns, sample, sheets: [], size: source.size, estimatedRecords, warnings }
}

function rejectedWarning(count: number): string {
  return count === 1 ? say('One record cannot be read.') : say('{#count} records cannot be read.', { count })
}
