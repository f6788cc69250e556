import { type NastyFile, text } from './nasty-file.ts'

const wideBigEndian = (content: string) => () => Buffer.from(content, 'utf16le').swap16()
const quotes = { header: true, delimiter: ',' } as const

/** Delimited text, good and bad. */
export const nastyDelimited: Record<string, NastyFile> = {
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
  'a declared delimiter that is a quote': {
    bytes: text('sep="\na,b\n1,2\n3,4\n'),
    format: { delimiter: ',', preambleLines: 1 },
    columns: ['a', 'b'],
    lines: [3, 4],
  },
  'a declared delimiter that is known to be the quote': {
    bytes: text('sep=;\na,b\n;1,2;,3\n'),
    known: { quote: ';' },
    format: { delimiter: ',', preambleLines: 1 },
    records: [['1,2', '3']],
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
      [2, 'cell 2 is longer than 1,000,000 characters'],
      [3, 'cell 1 is longer than 1,000,000 characters'],
    ],
    lines: [1_000_004],
  },
  'a line of 20 MB': {
    bytes: () => Buffer.from(`a,b\n1,${'x'.repeat(20_000_000)}\n3,4\n`),
    records: [['3', '4']],
    rejected: [[2, 'longer than 16,000,000 characters']],
    lines: [3],
  },
  '5,000 columns': {
    bytes: () => Buffer.from(`${Array.from({ length: 5_000 }, (_, at) => `c${at}`)}\n${'1,'.repeat(4_999)}1\n`),
    columns: Array.from({ length: 5_000 }, (_, at) => `c${at}`),
  },
  '20,000 columns': {
    bytes: () => Buffer.from(`${'a,'.repeat(19_999)}a\n${'1,'.repeat(19_999)}1\n`),
    refused: 'it has 20,000 cells; at most 16,384 can be read',
  },
}
