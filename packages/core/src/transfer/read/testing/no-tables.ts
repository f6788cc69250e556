import { gzipSync } from 'node:zlib'
import { type NastyFile, text } from './nasty-file.ts'

/** Files that hold no table. */
export const noTables: Record<string, NastyFile> = {
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
