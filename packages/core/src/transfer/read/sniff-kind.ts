import { OpsError } from '../../errors/ops-error.ts'
import { say } from '../../sentences/say.ts'

/** Files that are known by how they begin, and are no tables. */
const magics: readonly { readonly bytes: readonly number[]; readonly is: string }[] = [
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0],
    is: say('an old or a protected Excel workbook; save it as .xlsx without a password'),
  },
  { bytes: [0x1f, 0x8b], is: say('compressed with gzip; unpack it first') },
  { bytes: [0x25, 0x50, 0x44, 0x46], is: 'a PDF; export the table from where it comes' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], is: say('a 7z archive; unpack it first') },
  { bytes: [0x52, 0x61, 0x72, 0x21], is: say('a RAR archive; unpack it first') },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], is: say('compressed with zstd; unpack it first') },
  { bytes: [0x50, 0x41, 0x52, 0x31], is: say('a Parquet file; export it as CSV') },
  { bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], is: say('an SQLite database; export the table as CSV') },
  { bytes: [0x89, 0x50, 0x4e, 0x47], is: 'an image' },
  { bytes: [0xff, 0xd8, 0xff], is: 'an image' },
  { bytes: [0x47, 0x49, 0x46, 0x38], is: 'an image' },
]

/**
 * Tells a ZIP archive, which a workbook is, from text.
 *
 * @throws OpsError `INVALID_INPUT` for an empty file and for kinds of files that hold no table
 */
export function sniffKind(head: Buffer): 'archive' | 'text' {
  if (head.length === 0) throw new OpsError('INVALID_INPUT', say('The file is empty.'))
  if (head[0] === 0x50 && head[1] === 0x4b && (head[2] ?? 0) < 9) return 'archive'
  const magic = magics.find(({ bytes }) => bytes.every((byte, at) => head[at] === byte))
  if (magic !== undefined) throw new OpsError('INVALID_INPUT', say('The file is {~what}.', { what: magic.is }))
  return 'text'
}

/** @throws OpsError `INVALID_INPUT` if so many characters are control characters that this cannot be text */
export function refuseBinary(text: string): void {
  const looked = text.slice(0, 65_536)
  let controls = 0
  for (let at = 0; at < looked.length; at += 1) {
    const unit = looked.charCodeAt(at)
    const isControl = unit < 32 ? unit !== 9 && unit !== 10 && unit !== 13 && !(unit >= 28) : unit === 127
    if (isControl) controls += 1
  }
  if (controls >= 4 && controls > looked.length * 0.05) {
    throw new OpsError(
      'INVALID_INPUT',
      say('The file is binary: neither text (CSV, JSON) nor an Excel workbook (.xlsx).'),
    )
  }
}
