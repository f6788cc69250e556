import { type ZipFaults, zipOf } from './zip-of.ts'

/** A workbook as its XML says it. */
export interface MadeWorkbook {
  /** The rows of each sheet, as XML. */
  readonly sheets: Readonly<Record<string, string>>
  readonly hidden?: readonly string[]
  /** Shared strings, as `si` elements. */
  readonly strings?: string
  /** Format codes of cell styles 1, 2, 3 …; style 0 is general. */
  readonly formats?: readonly string[]
  readonly from1904?: boolean
  /** Parts that replace what would be made. */
  readonly parts?: Readonly<Record<string, string | Buffer>>
  readonly faults?: ZipFaults
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006/relationships'

/** The bytes of a workbook, laid out as Excel does. */
export function makeWorkbook(made: MadeWorkbook): Buffer {
  const { sheets, hidden = [], strings, formats = [], from1904 = false, parts = {}, faults } = made
  const names = Object.keys(sheets)
  const listed = names.map((name, at) => {
    const state = hidden.includes(name) ? ' state="hidden"' : ''
    return `<sheet name="${name}" sheetId="${at + 1}"${state} r:id="rId${at + 1}"/>`
  })
  const related = [
    ...names.map((_, at) => relation(`rId${at + 1}`, 'worksheet', `worksheets/sheet${at + 1}.xml`)),
    relation('rIdStyles', 'styles', 'styles.xml'),
    ...(strings === undefined ? [] : [relation('rIdStrings', 'sharedStrings', '/xl/sharedStrings.xml')]),
  ]
  const codes = formats.map((code, at) => `<numFmt numFmtId="${164 + at}" formatCode="${code}"/>`)
  const styles = ['<xf numFmtId="0"/>', ...formats.map((_, at) => `<xf numFmtId="${164 + at}"/>`)]
  return zipOf(
    {
      '[Content_Types].xml': '<Types/>',
      '_rels/.rels': `<Relationships xmlns="${packages}">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
      'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relations}"><workbookPr${from1904 ? ' date1904="1"' : ''}/><sheets>${listed.join('')}</sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}">${related.join('')}</Relationships>`,
      'xl/styles.xml': `<styleSheet xmlns="${main}"><numFmts>${codes.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${styles.join('')}</cellXfs></styleSheet>`,
      ...Object.fromEntries(
        names.map((name, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheetXml(sheets[name] ?? '')]),
      ),
      ...(strings !== undefined && { 'xl/sharedStrings.xml': `<sst xmlns="${main}">${strings}</sst>` }),
      ...parts,
    },
    faults,
  )
}

/** A row of texts and numbers, as XML. */
export function rowXml(...cells: readonly (string | number)[]): string {
  const made = cells.map((cell) =>
    typeof cell === 'number' ? `<c><v>${cell}</v></c>` : `<c t="inlineStr"><is><t>${cell}</t></is></c>`,
  )
  return `<row>${made.join('')}</row>`
}

function sheetXml(rows: string): string {
  return `<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`
}

function relation(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${relations}/${type}" Target="${target}"/>`
}
