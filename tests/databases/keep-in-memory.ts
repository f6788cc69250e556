import { chmodSync, existsSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'
import { makeOwnedDirectory, removeOrphans } from './owned-directory.ts'

/** Linux's file system in memory. */
const memory = '/dev/shm'
/** Each of two servers keeps up to 1 GB of its log, besides the databases and files of the tests. */
const neededGb = 6

/** Set to the usual place of temporary files while {@link setup} has moved it. */
const onDisk = 'OPSLAYER_TEST_DISK'

/** Where what is large, and not written again and again, belongs. */
export function diskDirectory(): string {
  return process.env[onDisk] ?? tmpdir()
}

/**
 * Moves the temporary files of a run of tests into memory, where there is enough: making a database is mostly making
 * hundreds of files, and on a disk that is three times the work.
 */
export default async function setup(): Promise<(() => void) | undefined> {
  if (!isRoomy()) return undefined
  await removeOrphans(memory)
  const directory = makeOwnedDirectory(memory)
  // The user that servers run as goes through it.
  chmodSync(directory, 0o711)
  const usual = { disk: process.env[onDisk], temporary: process.env.TMPDIR }
  process.env[onDisk] = diskDirectory()
  process.env.TMPDIR = directory
  return () => {
    restore(onDisk, usual.disk)
    restore('TMPDIR', usual.temporary)
    if (process.env.OPSLAYER_KEEP_DATABASES !== '1') rmSync(directory, { recursive: true, force: true })
  }
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name]
  else process.env[name] = value
}

function isRoomy(): boolean {
  if (process.platform !== 'linux' || !existsSync(memory) || !runsPrograms()) return false
  const { bavail, bsize } = statfsSync(memory)
  return Math.min(bavail * bsize, freemem()) / 2 ** 30 > neededGb
}

/** Containers often forbid it, and PostgreSQL's programs may have to be copied there. */
function runsPrograms(): boolean {
  const mount = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .findLast(([, place]) => place === memory)
  return mount?.[2] === 'tmpfs' && !mount[3]?.split(',').includes('noexec')
}
