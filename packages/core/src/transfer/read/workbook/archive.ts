import type { FileHandle } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { type Entry, fromFd, type ZipFile } from 'yauzl'
import { OpsError } from '../../../errors/ops-error.ts'
import { say } from '../../../sentences/say.ts'

/** The parts of a workbook's ZIP archive by name, without a leading slash. */
export interface Archive {
  has(part: string): boolean
  /** @throws OpsError `INVALID_INPUT` if there is no such part, or if it is damaged */
  open(part: string): Promise<Readable>
}

const maxEntries = 10_000
/** A part may unpack to so much, and above a little, only to so many times what it takes in the archive. */
const maxPartBytes = 16_000_000_000
const freePartBytes = 64_000_000
const maxRatio = 250

/** @throws OpsError `INVALID_INPUT` for what is no ZIP archive or a damaged one */
export async function openArchive(file: FileHandle): Promise<Archive> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    fromFd(file.fd, { lazyEntries: true, autoClose: false }, (error, opened) => {
      if (error) reject(damaged(error))
      else resolve(opened)
    })
  })
  const entries = await readEntries(zip)
  return {
    has: (part) => entries.has(part.toLowerCase()),
    async open(part) {
      const entry = entries.get(part.toLowerCase())
      if (entry === undefined) throw damaged(new Error(`it has no part ${part}`))
      refuseBomb(entry)
      return await new Promise<Readable>((resolve, reject) => {
        zip.openReadStream(entry, (error, stream) => {
          if (error) reject(damaged(error))
          else resolve(stream)
        })
      })
    },
  }
}

function readEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  return new Promise((resolve, reject) => {
    zip.on('error', (error: unknown) => reject(damaged(error)))
    zip.on('end', () => resolve(entries))
    zip.on('entry', (entry: Entry) => {
      if (entries.size >= maxEntries) reject(damaged(new Error(`it has more than ${maxEntries} parts`)))
      entries.set(entry.fileName.toLowerCase(), entry)
      zip.readEntry()
    })
    zip.readEntry()
  })
}

/** What unpacks to more than it declares is refused as it is unpacked. */
function refuseBomb({ fileName, compressedSize, uncompressedSize }: Entry): void {
  const isBomb = uncompressedSize > freePartBytes && uncompressedSize > compressedSize * maxRatio
  if (!isBomb && uncompressedSize <= maxPartBytes) return
  throw new OpsError(
    'LIMIT_EXCEEDED',
    `The workbook unpacks to too much: its part ${fileName} takes ${compressedSize} bytes and would become ${uncompressedSize}. Export it as CSV.`,
  )
}

/** An error of the archive's or of the XML's as one for people. */
export function damaged(cause: unknown): OpsError {
  const why = cause instanceof Error ? cause.message.split('\n')[0]?.slice(0, 200) : 'it cannot be read'
  return new OpsError(
    'INVALID_INPUT',
    say('The workbook is cut or damaged ({reason}). Save it again, or export it as CSV.', { reason: why ?? '' }),
    {
      cause,
    },
  )
}
