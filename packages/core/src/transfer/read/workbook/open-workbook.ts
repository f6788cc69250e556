import { posix } from 'node:path'
import { OpsError } from '../../../errors/ops-error.ts'
import { say } from '../../../sentences/say.ts'
import type { Source } from '../source.ts'
import { type Archive, openArchive } from './archive.ts'
import { builtInLook, lookOf, type NumberLook } from './number-formats.ts'
import { readXml } from './xml-events.ts'

/** A sheet of cells. */
export interface Sheet {
  readonly name: string
  readonly part: string
  readonly hidden: boolean
}

/** A workbook with what must be known before its sheets can be read. */
export interface Workbook {
  readonly archive: Archive
  readonly sheets: readonly Sheet[]
  readonly from1904: boolean
  /** The looks of cell styles, by their number. */
  readonly looks: readonly NumberLook[]
  /** Part with the shared strings, if there is one. */
  readonly sharedStrings: string | undefined
}

/** @throws OpsError `INVALID_INPUT` for what is no workbook */
export async function openWorkbook(source: Source, signal: AbortSignal | undefined): Promise<Workbook> {
  const archive = await openArchive(await source.file(signal))
  const main = await mainPart(archive, signal)
  const related = await relationships(archive, main, signal)
  const sheets: Sheet[] = []
  let from1904 = false
  await readXml(
    await archive.open(main),
    {
      open(name, attributes) {
        const { date1904 = '', state = '', name: sheetName = '' } = attributes
        if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(date1904)
        if (name !== 'sheet') return
        const id = Object.entries(attributes).find(([key]) => /:id$/.test(key))?.[1] ?? ''
        const relation = related.find((found) => found.id === id)
        if (relation?.type !== 'worksheet') return
        sheets.push({ name: sheetName, part: relation.target, hidden: /hidden/i.test(state) })
      },
    },
    signal,
  )
  const part = (type: string) => related.find((found) => found.type === type && archive.has(found.target))?.target
  const styles = part('styles')
  return {
    archive,
    sheets,
    from1904,
    looks: styles === undefined ? [] : await readLooks(archive, styles, signal),
    sharedStrings: part('sharedStrings'),
  }
}

async function mainPart(archive: Archive, signal: AbortSignal | undefined): Promise<string> {
  if (!archive.has('_rels/.rels')) {
    const is = archive.has('mimetype') ? say('an OpenDocument file') : say('a ZIP archive without a workbook in it')
    throw new OpsError('INVALID_INPUT', say('The file is {~what}; save the table as .xlsx or CSV.', { what: is }))
  }
  const root = await relationships(archive, '', signal)
  const target = root.find(({ type }) => type === 'officeDocument')?.target ?? ''
  if (/\.xml$/i.test(target) && /^xl\//i.test(target)) return target
  const is = /\.bin$/i.test(target) ? say('a binary workbook (.xlsb)') : say('an Office file, but no workbook')
  throw new OpsError('INVALID_INPUT', say('The file is {~what}; save the table as .xlsx or CSV.', { what: is }))
}

interface Relationship {
  readonly id: string
  /** The last step of its type's address. */
  readonly type: string
  /** Name of the part. */
  readonly target: string
}

async function relationships(
  archive: Archive,
  of: string,
  signal: AbortSignal | undefined,
): Promise<readonly Relationship[]> {
  const found: Relationship[] = []
  const part = posix.join(posix.dirname(of), '_rels', `${posix.basename(of)}.rels`)
  await readXml(
    await archive.open(part),
    {
      open(name, { Id: id = '', Type: type = '', Target: target = '' }) {
        if (name !== 'Relationship') return
        const path = target.startsWith('/') ? target.slice(1) : posix.join(posix.dirname(of), target)
        found.push({ id, type: type.slice(type.lastIndexOf('/') + 1), target: path })
      },
    },
    signal,
  )
  return found
}

async function readLooks(archive: Archive, part: string, signal: AbortSignal | undefined): Promise<NumberLook[]> {
  const codes = new Map<number, NumberLook>()
  const looks: NumberLook[] = []
  let inCells = false
  await readXml(
    await archive.open(part),
    {
      open(name, { numFmtId = '0', formatCode = '' }) {
        const id = Number(numFmtId)
        if (name === 'numFmt') codes.set(id, lookOf(formatCode))
        else if (name === 'cellXfs') inCells = true
        else if (name === 'xf' && inCells) looks.push(codes.get(id) ?? builtInLook(id))
      },
      close(name) {
        if (name === 'cellXfs') inCells = false
      },
    },
    signal,
  )
  return looks
}
