import { makeWorkbook, rowXml } from './make-workbook.ts'
import type { NastyFile } from './nasty-file.ts'
import { zipOf } from './zip-of.ts'

const cellsOfAllKinds = `
<row r="1">${'ABCDEFGHIJ'
  .split('')
  .map((c) => `<c r="${c}1" t="str"><v>${c}</v></c>`)
  .join('')}</row>
<row r="4"><c r="A4" s="1"><v>46029</v></c><c r="B4" s="2"><v>46029.5625</v></c><c r="C4" s="3"><v>0.5625</v></c><c r="D4" s="4"><v>1.5</v></c>
<c r="E4" s="5"><v>0.12345</v></c><c r="F4" t="b"><v>1</v></c><c r="G4" t="e"><v>#N/A</v></c><c r="H4" t="str"><f>A4&amp;"x"</f><v>a_x000D_b</v></c>
<c r="I4"><f>1+1</f><v>2</v></c><c r="J4" t="d"><v>2026-01-07</v></c></row>`

/** Workbooks, good and bad, and what looks like one. */
export const nastyWorkbooks: Record<string, NastyFile> = {
  'a workbook with cells of all kinds': {
    bytes: () =>
      makeWorkbook({
        sheets: { Data: cellsOfAllKinds },
        formats: ['dd/mm/yyyy', '[$-409]m/d/yy\\ h:mm', 'hh:mm:ss', '[h]:mm', '0.0%'],
      }),
    format: { kind: 'workbook', sheet: 'Data', header: true },
    records: [
      ['2026-01-07', '2026-01-07T13:30:00', '13:30:00', '36:00:00', '12.3450%', true, '#N/A', 'a\rb', 2, '2026-01-07'],
    ],
    lines: [4],
  },
  'a workbook whose days count from 1904': {
    bytes: () =>
      makeWorkbook({
        sheets: { S: `${rowXml('day', 'x')}<row><c s="1"><v>44567</v></c><c><v>1</v></c></row>` },
        formats: ['yyyy-mm-dd'],
        from1904: true,
      }),
    records: [['2026-01-07', 1]],
  },
  'a workbook with days around the one that never was': {
    bytes: () =>
      makeWorkbook({
        sheets: {
          S: `${rowXml('a', 'b')}<row><c s="1"><v>1</v></c><c s="1"><v>59</v></c></row><row><c s="1"><v>61</v></c><c s="1"><v>-1</v></c></row>`,
        },
        formats: ['yyyy-mm-dd'],
      }),
    records: [
      ['1900-01-01', '1900-02-28'],
      ['1900-03-01', -1],
    ],
  },
  'a workbook with shared and rich texts': {
    bytes: () =>
      makeWorkbook({
        sheets: {
          S: '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row><c t="s"><v>2</v></c><c t="s"><v>9</v></c></row>',
        },
        strings:
          '<si><t>a</t></si><si><t xml:space="preserve"> b </t></si><si><r><t>rich </t></r><r><t>text</t></r><rPh><t>phonetic</t></rPh></si>',
      }),
    columns: ['a', 'b'],
    records: [['rich text']],
  },
  'a workbook with gaps between rows and cells': {
    bytes: () =>
      makeWorkbook({
        sheets: {
          S: '<row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v>b</v></c><c r="D1" t="str"><v>d</v></c></row><row r="9"/><row r="1000000"><c r="D1000000"><v>5</v></c></row>',
        },
      }),
    columns: ['a', 'b', 'Column 3', 'd'],
    records: [[null, null, null, 5]],
    lines: [1_000_000],
  },
  'a workbook with merged cells': {
    bytes: () =>
      makeWorkbook({
        sheets: {
          S: `${rowXml('a', 'b')}<row r="2"><c r="A2"><v>1</v></c><c r="B2"/></row><row r="3"><c r="A3"/><c r="B3"><v>2</v></c></row>`,
        },
      }),
    records: [[1], [null, 2]],
  },
  'a workbook with a title': {
    bytes: () =>
      makeWorkbook({ sheets: { S: rowXml('Report') + rowXml('name', 'age', 'city') + rowXml('x', 1, 'y') } }),
    format: { preambleLines: 1 },
    records: [['x', 1, 'y']],
    lines: [3],
  },
  'a workbook whose first sheet is hidden': {
    bytes: () =>
      makeWorkbook({ sheets: { Secret: rowXml('x'), Shown: rowXml('a', 'b') + rowXml(1, 2) }, hidden: ['Secret'] }),
    format: { sheet: 'Shown' },
    records: [[1, 2]],
  },
  'a workbook of which another sheet is asked for': {
    bytes: () => makeWorkbook({ sheets: { One: rowXml('x', 'y'), Two: rowXml('a', 'b') + rowXml(1, 2) } }),
    known: { kind: 'workbook', sheet: 'Two' },
    records: [[1, 2]],
  },
  'a workbook without the sheet that is asked for': {
    bytes: () => makeWorkbook({ sheets: { One: rowXml('x'), Two: rowXml('y') } }),
    known: { kind: 'workbook', sheet: 'Three' },
    refused: 'It has: “One”, “Two”',
  },
  'a workbook with prefixed names': {
    bytes: () =>
      makeWorkbook({
        sheets: { S: '' },
        parts: {
          'xl/worksheets/sheet1.xml':
            '<x:worksheet xmlns:x="urn:x"><x:sheetData><x:row><x:c t="str"><x:v>a</x:v></x:c></x:row><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>',
        },
      }),
    records: [[1]],
  },
  'an empty sheet': { bytes: () => makeWorkbook({ sheets: { S: '' } }), refused: 'The sheet “S” is empty' },
  'a workbook with XML that ends early': {
    bytes: () =>
      makeWorkbook({ sheets: { S: '' }, parts: { 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row>' } }),
    refused: 'cut or damaged',
  },
  'a workbook that is cut': {
    bytes: () => makeWorkbook({ sheets: { S: rowXml('a') } }).subarray(0, 900),
    refused: 'cut or damaged',
  },
  'a workbook that unpacks to too much': {
    bytes: () => makeWorkbook({ sheets: { S: `<!--${' '.repeat(70_000_000)}-->` } }),
    refused: 'unpacks to too much',
  },
  'a workbook that lies about what it unpacks to': {
    bytes: () =>
      makeWorkbook({
        sheets: { S: `${rowXml('a')}<!--${' '.repeat(1_000_000)}-->` },
        faults: { declaredSizes: { 'xl/worksheets/sheet1.xml': 500 } },
      }),
    refused: 'cut or damaged',
  },
  'a workbook with a text without end': {
    bytes: () => makeWorkbook({ sheets: { S: `<row><c t="str"><v>${'xy zzy'.repeat(3_000_000)}</v></c></row>` } }),
    refused: '',
  },
  'a binary workbook': {
    bytes: () => {
      const target =
        '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>'
      return zipOf({ '_rels/.rels': target, 'xl/workbook.bin': 'x' })
    },
    refused: 'binary workbook',
  },
  'a text document': {
    bytes: () =>
      zipOf({
        '_rels/.rels':
          '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="word/document.xml"/></Relationships>',
      }),
    refused: 'no workbook',
  },
  'an archive': { bytes: () => zipOf({ 'a.csv': 'a,b' }), refused: 'a ZIP archive without a workbook' },
}
