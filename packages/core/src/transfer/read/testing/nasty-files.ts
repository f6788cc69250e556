import { gzipSync } from 'node:zlib'
import type { KnownFormat } from '../inspect-source.ts'
import type { RawRecord } from '../record-batch.ts'
import { makeWorkbook, rowXml } from './make-workbook.ts'
import { zipOf } from './zip-of.ts'

/** A file that somebody will import one day, and what becomes of it. */
export interface NastyFile {
  readonly bytes: () => Buffer
  readonly known?: KnownFormat
  /** What is found out, as far as it matters. */
  readonly format?: KnownFormat
  readonly columns?: readonly string[]
  readonly records?: readonly RawRecord[]
  /** The lines on which records begin. */
  readonly lines?: readonly number[]
  /** Lines of rejected records, with a part of the reason. */
  readonly rejected?: readonly (readonly [line: number, reason: string])[]
  /** Part of the warnings. */
  readonly warning?: string
  /** Part of the message with which the file is refused. */
  readonly refused?: string
}

const text =
  (content: string, encoding: BufferEncoding = 'utf8') =>
  () =>
    Buffer.from(content, encoding)
const wideBigEndian = (content: string) => () => Buffer.from(content, 'utf16le').swap16()
const quotes = { header: true, delimiter: ',' } as const

const delimited: Record<string, NastyFile> = {
  'plain CSV': {
    bytes: text('a,b\n1,x\n2,y\n'),
    columns: ['a', 'b'],
    records: [
      ['1', 'x'],
      ['2', 'y'],
    ],
    lines: [2, 3],
  },
  'semicolons and decimal commas': {
    bytes: text('Name;Price\nA;1,5\nB;2,25\n'),
    format: { delimiter: ';' },
    records: [
      ['A', '1,5'],
      ['B', '2,25'],
    ],
  },
  'tabs and commas in texts': {
    bytes: text('Name\tNote\nA\tone, two\nB\tthree, four\n'),
    format: { delimiter: '\t' },
    records: [
      ['A', 'one, two'],
      ['B', 'three, four'],
    ],
  },
  pipes: { bytes: text('a|b|c\n1|2|3\n'), format: { delimiter: '|' }, records: [['1', '2', '3']] },
  'unit separators': {
    bytes: text('a\u001fb\n1\u001f2\n3\u001f4\n'),
    format: { delimiter: '\u001f' },
    records: [
      ['1', '2'],
      ['3', '4'],
    ],
  },
  'a delimiter of two characters, declared': {
    bytes: text('a||b\n1||x|y\n'),
    known: { delimiter: '||' },
    records: [['1', 'x|y']],
  },
  'UTF-8 with a byte order mark': { bytes: text('\ufeffNäme,b\nü,1\n'), columns: ['Näme', 'b'], records: [['ü', '1']] },
  'UTF-8 with a byte order mark and a quoted header': { bytes: text('\ufeff"a, b",c\n1,2\n'), columns: ['a, b', 'c'] },
  'UTF-16LE with a byte order mark': {
    bytes: text('\ufeffa\tb\r\nü\t日本\r\n', 'utf16le'),
    format: { encoding: 'utf-16le', delimiter: '\t' },
    columns: ['a', 'b'],
    records: [['ü', '日本']],
  },
  'UTF-16BE with a byte order mark': {
    bytes: wideBigEndian('\ufeffa,b\nx,y\n'),
    format: { encoding: 'utf-16be' },
    records: [['x', 'y']],
  },
  'UTF-16LE without a mark': {
    bytes: text('a,b\nü,y\n', 'utf16le'),
    format: { encoding: 'utf-16le' },
    records: [['ü', 'y']],
  },
  'UTF-16BE without a mark': {
    bytes: wideBigEndian('a,b\nü,y\n'),
    format: { encoding: 'utf-16be' },
    records: [['ü', 'y']],
  },
  'UTF-16 cut in the middle of a character': {
    bytes: () => Buffer.concat([text('a,b\nx,y\n', 'utf16le')(), Buffer.from([0x41])]),
    records: [['x', 'y']],
  },
  'Windows-1252 with a euro sign': {
    bytes: () => Buffer.from([...Buffer.from('Name,Preis\nM'), 0xfc, ...Buffer.from('ller,5 '), 0x80, 10]),
    format: { encoding: 'windows-1252' },
    records: [['Müller', '5 €']],
  },
  'Latin-1, declared': {
    bytes: text('a,b\né,\x80\n', 'latin1'),
    known: { encoding: 'latin1' },
    records: [['é', '\x80']],
  },
  'Windows-1252, declared to be UTF-8': {
    bytes: text('a,b\nx,1\né,2\ny,3\n', 'latin1'),
    known: { encoding: 'utf-8' },
    records: [
      ['x', '1'],
      ['y', '3'],
    ],
    rejected: [[3, 'not UTF-8']],
    warning: 'not UTF-8',
  },
  'UTF-8, declared to be Windows-1252': {
    bytes: text('a,b\né,2\n'),
    known: { encoding: 'windows-1252' },
    records: [['Ã©', '2']],
    warning: 'looks like utf-8',
  },
  'ASCII, declared to be UTF-16': {
    bytes: text('a,b\n1,2\n3,4\n'),
    known: { encoding: 'utf-16le' },
    warning: 'looks like utf-8',
  },
  'CR LF': {
    bytes: text('a,b\r\n1,2\r\n"x",3\r\n'),
    records: [
      ['1', '2'],
      ['x', '3'],
    ],
    lines: [2, 3],
  },
  'LF and CR LF mixed': {
    bytes: text('a,b\r\n1,2\n3,4\r\n5,6\n'),
    records: [
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ],
  },
  'CR alone': {
    bytes: text('a,b\r1,2\r"x\ry",4\r'),
    format: { newline: 'carriage-return' },
    records: [
      ['1', '2'],
      ['x\ry', '4'],
    ],
    lines: [2, 3],
  },
  'a CR inside of a line': { bytes: text('a,b\n1\r2,3\n'), records: [['1\r2', '3']] },
  'no line break at the end': { bytes: text('a,b\n1,2'), records: [['1', '2']] },
  'a quoted cell and no line break at the end': { bytes: text('a,b\n1,"2"'), records: [['1', '2']] },
  'empty lines': {
    bytes: text('a,b\n\n1,2\n\n\n3,4\n\n'),
    records: [
      ['1', '2'],
      ['3', '4'],
    ],
    lines: [3, 6],
  },
  'lines of white space': { bytes: text('a,b\n   \n1,2\n\t \n'), records: [['1', '2']], lines: [3] },
  'line breaks in cells': {
    bytes: text('a,b\n"x\ny\nz",1\n"u",2\n'),
    records: [
      ['x\ny\nz', '1'],
      ['u', '2'],
    ],
    lines: [2, 5],
  },
  'CR LF in cells': {
    bytes: text('a,b\r\n"x\r\ny",1\r\n2,3\r\n'),
    records: [
      ['x\r\ny', '1'],
      ['2', '3'],
    ],
    lines: [2, 4],
  },
  'doubled quotes': { bytes: text('a,b\n"say ""hi""",""""\n'), records: [['say "hi"', '"']] },
  'empty quoted cells': { bytes: text('a,b\n"",""\n'), records: [['', '']] },
  'quotes after a backslash': {
    bytes: text('a,b\n"x \\"q\\", y",1\n"z\\\\",2\n'),
    format: { escape: 'backslash' },
    records: [
      ['x "q", y', '1'],
      ['z\\', '2'],
    ],
  },
  'cells in apostrophes': {
    bytes: text("a,b\n'x,y',1\n'z',2\n"),
    format: { quote: "'" },
    records: [
      ['x,y', '1'],
      ['z', '2'],
    ],
  },
  'quotes within a cell': {
    bytes: text('a,b\n5" pipe,6\n3,x"y"z\n'),
    records: [
      ['5" pipe', '6'],
      ['3', 'x"y"z'],
    ],
  },
  'text after a closing quote': {
    bytes: text('a,b\n"x" y,1\n"z"",2\n'),
    known: quotes,
    records: [['x y', '1']],
    rejected: [[3, 'quote opened on line 3, in cell 1']],
  },
  'spaces before quotes': {
    bytes: text('a, "b"\n1, "x, y"\n2, "z" !\n'),
    known: quotes,
    columns: ['a', 'b'],
    records: [
      ['1', 'x, y'],
      ['2', ' "z" !'],
    ],
  },
  'quotes declared to be text': {
    bytes: text('a,b\n"x,y\n1,"2"\n'),
    known: { ...quotes, quote: null },
    records: [
      ['"x', 'y'],
      ['1', '"2"'],
    ],
  },
  'a quote that is not closed on the last line': {
    bytes: text('a,b\n1,2\n3,"4\n'),
    known: quotes,
    records: [['1', '2']],
    rejected: [[3, 'quote opened on line 3, in cell 2, is not closed']],
  },
  'a quote that is not closed in the middle': {
    bytes: text('a,b\n1,2\n"3,4\n5,6\n7,8\n'),
    known: quotes,
    records: [
      ['1', '2'],
      ['5', '6'],
      ['7', '8'],
    ],
    lines: [2, 4, 5],
    rejected: [[3, 'quote opened on line 3, in cell 1, is not closed']],
  },
  'a title above the table': {
    bytes: text('Report of May\n\nName,Email,Age\nA,a@b.de,4\n'),
    format: { preambleLines: 2, header: true },
    columns: ['Name', 'Email', 'Age'],
    lines: [4],
  },
  'a title padded with delimiters': {
    bytes: text('Report of May,,,\n,,,\nName,Email,Age,City\nA,a@b.de,4,Ulm\n'),
    format: { preambleLines: 2 },
    columns: ['Name', 'Email', 'Age', 'City'],
  },
  'a declared delimiter': {
    bytes: text('sep=;\na;b\n1,0;2\n'),
    format: { delimiter: ';', preambleLines: 1 },
    records: [['1,0', '2']],
    lines: [3],
  },
  comments: {
    bytes: text('# made by a tool\na,b\n1,2\n# done\n3,4\n'),
    format: { comment: '#' },
    records: [
      ['1', '2'],
      ['3', '4'],
    ],
    lines: [3, 5],
  },
  'a column that is called #': {
    bytes: text('#,name\n#1,x\n#2,y\n'),
    format: { comment: null },
    columns: ['#', 'name'],
    records: [
      ['#1', 'x'],
      ['#2', 'y'],
    ],
  },
  'no header': {
    bytes: text('1,a@b.de,Ulm\n2,c@d.de,Bonn\n'),
    format: { header: false },
    columns: ['Column 1', 'Column 2', 'Column 3'],
    lines: [1, 2],
  },
  'years as headers': {
    bytes: text('Name,2023,2024\nA,5,6\nB,7,8\n'),
    format: { header: true },
    columns: ['Name', '2023', '2024'],
  },
  'headers that return': {
    bytes: text('Name,name,Name,Name 2\n1,2,3,4\n'),
    columns: ['Name', 'name 3', 'Name 4', 'Name 2'],
  },
  'headers without a name': {
    bytes: text('Name,,  ,Column 2\n1,2,3,4\n'),
    columns: ['Name', 'Column 2 2', 'Column 3', 'Column 2'],
  },
  'headers with line breaks and invisible marks': {
    bytes: text('"First\nname",\u200bE\u00a0mail\u200b\n1,2\n'),
    columns: ['First name', 'E mail'],
  },
  'a header that is guarded against being computed': { bytes: text("'=x,b\n1,2\n"), columns: ['=x', 'b'] },
  'short records': {
    bytes: text('a,b,c\n1\n1,2\n1,2,3\n'),
    known: quotes,
    records: [['1'], ['1', '2'], ['1', '2', '3']],
  },
  'empty cells behind the columns': {
    bytes: text('a,b\n1,2,,\n3,4\n'),
    known: quotes,
    records: [
      ['1', '2'],
      ['3', '4'],
    ],
  },
  'a record with more cells than columns': {
    bytes: text('a,b\n1,2\n3,4,5\n6,7\n'),
    known: quotes,
    records: [
      ['1', '2'],
      ['6', '7'],
    ],
    rejected: [[3, 'it has 3 cells, and the file 2 columns']],
  },
  'many records with more cells than headers': {
    bytes: text('a,b\n1,2,3\n4,5,6\n7,8\n'),
    known: quotes,
    columns: ['a', 'b', 'Column 3'],
  },
  'delimiters at the end of each line': {
    bytes: text('a,b,\n1,2,\n'),
    columns: ['a', 'b', 'Column 3'],
    records: [['1', '2', '']],
  },
  'records of empty cells': {
    bytes: text('a,b\n,\n1,2\n,\n'),
    records: [
      ['', ''],
      ['1', '2'],
      ['', ''],
    ],
  },
  'NUL in a cell': {
    bytes: text('a,b\nx\0y,1\n2,3\n'),
    records: [
      ['x\0y', '1'],
      ['2', '3'],
    ],
  },
  'half a character in UTF-16': { bytes: text('\ufeffa,b\nx\ud800,1\n', 'utf16le'), records: [['x\ud800', '1']] },
  'characters beyond the first plane': { bytes: text('a,b\n👩‍💻,𝔘\n'), records: [['👩‍💻', '𝔘']] },
  'a single column': {
    bytes: text('Email\na@b.de\n""\nc@d.de\n'),
    columns: ['Email'],
    records: [['a@b.de'], [''], ['c@d.de']],
  },
  'a header and nothing else': { bytes: text('a,b,c'), columns: ['a', 'b', 'c'], records: [] },
  'a cell of 10 MB': {
    bytes: () => Buffer.from(`a,b\n1,${'x'.repeat(10_000_000)}\n"${'y\n'.repeat(1_000_000)}",2\n3,4\n`),
    records: [['3', '4']],
    rejected: [
      [2, 'cell 2 is longer than 1000000 characters'],
      [3, 'cell 1 is longer than 1000000 characters'],
    ],
    lines: [1_000_004],
  },
  'a line of 20 MB': {
    bytes: () => Buffer.from(`a,b\n1,${'x'.repeat(20_000_000)}\n3,4\n`),
    records: [['3', '4']],
    rejected: [[2, 'longer than 16000000 characters']],
    lines: [3],
  },
  '5,000 columns': {
    bytes: () => Buffer.from(`${Array.from({ length: 5_000 }, (_, at) => `c${at}`)}\n${'1,'.repeat(4_999)}1\n`),
    columns: Array.from({ length: 5_000 }, (_, at) => `c${at}`),
  },
  '20,000 columns': {
    bytes: () => Buffer.from(`${'a,'.repeat(19_999)}a\n${'1,'.repeat(19_999)}1\n`),
    refused: 'it has 20000 cells; at most 16384 can be read',
  },
}

const json: Record<string, NastyFile> = {
  'JSON lines': {
    bytes: text('{"a":1,"b":"x"}\n{"b":"y","a":true}\n'),
    format: { kind: 'json-lines' },
    columns: ['a', 'b'],
    records: [
      [1, 'x'],
      [true, 'y'],
    ],
  },
  'JSON lines whose keys come and go': {
    bytes: text('{"a":1}\n{"b":2}\n{}\n'),
    columns: ['a', 'b'],
    records: [[1], [null, 2], []],
  },
  'JSON lines with a broken one': {
    bytes: text('{"a":1}\n{"a":\n\n{"a":3}\n7\n"x"\nnull\n'),
    records: [[1], [3]],
    lines: [1, 4],
    rejected: [
      [2, 'not well-formed'],
      [5, 'neither an object nor a list'],
      [6, 'neither'],
      [7, 'neither'],
    ],
  },
  'JSON lines of lists': {
    bytes: text('["a","b"]\n[1,2]\n[3,4,5]\n'),
    known: { header: true },
    columns: ['a', 'b'],
    records: [[1, 2]],
    rejected: [[3, '3 cells']],
  },
  'JSON lines with numbers too long for JavaScript': {
    bytes: text('{"id":12345678901234567890,"n":0.1,"m":1234567890.123456789}\n'),
    records: [['12345678901234567890', 0.1, '1234567890.123456789']],
  },
  'JSON lines with hostile keys': {
    bytes: text('{"__proto__":1,"constructor":2}\n'),
    columns: ['__proto__', 'constructor'],
    records: [[1, 2]],
  },
  'JSON lines of lists in lists': {
    bytes: () => Buffer.from(`{"a":1}\n{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}\n`),
  },
  'JSON lines in UTF-16': {
    bytes: text('\ufeff{"a":"ü"}\n{"a":"日"}\n', 'utf16le'),
    format: { kind: 'json-lines', encoding: 'utf-16le' },
    records: [['ü'], ['日']],
  },
  'JSON lines with bytes that are not UTF-8': {
    bytes: () => Buffer.concat([Buffer.from('{"a":"ü"}\n{"a":"'), Buffer.from([0xff]), Buffer.from('"}\n')]),
    known: { encoding: 'utf-8' },
    records: [['ü']],
    rejected: [[2, 'not UTF-8']],
  },
  'a JSON array on one line': {
    bytes: text('[{"a":1},{"a":"]}"}]'),
    format: { kind: 'json-array' },
    records: [[1], [']}']],
  },
  'a JSON array on many lines': {
    bytes: text('\ufeff [\n  {\n    "a": 1\n  },\n  {\n    "a": [1, {"x": "\\"}"}]\n  }\n]\n'),
    records: [[1], [[1, { x: '"}' }]]],
    lines: [2, 5],
  },
  'a JSON array with elements that are no records': {
    bytes: text('[{"a":1}, 5, "x", {"a":}, {"a":2}]'),
    records: [[1], [2]],
    rejected: [
      [1, 'neither'],
      [1, 'neither'],
      [1, 'not well-formed'],
    ],
  },
  'a JSON array that is cut in an element': {
    bytes: text('[{"a":1},\n{"a":"x'),
    known: { kind: 'json-array' },
    records: [[1]],
    rejected: [[2, 'was cut']],
  },
  'a JSON array that is cut between elements': {
    bytes: text('[{"a":1},'),
    known: { kind: 'json-array' },
    refused: 'was cut',
  },
  'an empty JSON array': { bytes: text('[]'), refused: 'No record' },
  'a JSON object': { bytes: text('{\n  "rows": [{"a": 1}]\n}\n'), refused: 'one JSON object' },
  'CSV that begins with a brace': {
    bytes: text('{id},name\n1,x\n'),
    format: { kind: 'delimited' },
    columns: ['{id}', 'name'],
  },
}

const cellsOfAllKinds = `
<row r="1">${'ABCDEFGHIJ'
  .split('')
  .map((c) => `<c r="${c}1" t="str"><v>${c}</v></c>`)
  .join('')}</row>
<row r="4"><c r="A4" s="1"><v>46029</v></c><c r="B4" s="2"><v>46029.5625</v></c><c r="C4" s="3"><v>0.5625</v></c><c r="D4" s="4"><v>1.5</v></c>
<c r="E4" s="5"><v>0.12345</v></c><c r="F4" t="b"><v>1</v></c><c r="G4" t="e"><v>#N/A</v></c><c r="H4" t="str"><f>A4&amp;"x"</f><v>a_x000D_b</v></c>
<c r="I4"><f>1+1</f><v>2</v></c><c r="J4" t="d"><v>2026-01-07</v></c></row>`

const workbooks: Record<string, NastyFile> = {
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

const noTables: Record<string, NastyFile> = {
  'an empty file': { bytes: text(''), refused: 'The file is empty' },
  'a byte order mark alone': { bytes: text('\ufeff'), refused: 'nothing but white space' },
  'white space': { bytes: text(' \n\t\n '), refused: 'nothing but white space' },
  'random bytes': {
    bytes: () => Buffer.from(Array.from({ length: 4_000 }, (_, at) => (at * 7_919 + (at >> 3)) % 256)),
    refused: 'binary',
  },
  'an image': { bytes: () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), refused: 'an image' },
  'a PDF': { bytes: text('%PDF-1.7\n%âãÏÓ'), refused: 'a PDF' },
  'a compressed CSV': { bytes: () => gzipSync('a,b\n1,2\n'), refused: 'gzip' },
  'an old workbook': {
    bytes: () => Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]),
    refused: 'an old or a protected Excel workbook',
  },
  'a CSV that is asked for as a workbook': {
    bytes: text('a,b\n1,2\n'),
    known: { kind: 'workbook' },
    refused: 'no Excel workbook',
  },
}

/** The corpus, by what each file is. */
export const nastyFiles: Readonly<Record<string, NastyFile>> = { ...delimited, ...json, ...workbooks, ...noTables }
