import { type NastyFile, text } from './nasty-file.ts'

/** JSON lines and arrays, good and bad. */
export const nastyJson: Record<string, NastyFile> = {
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
    refused: 'was cut',
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
