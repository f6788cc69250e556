import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

interface Manifest {
  readonly directories: readonly string[]
  readonly files: readonly (readonly [path: string, bytes: number])[]
}

const manifestFile = 'manifest.json'

/**
 * Fills `target` with freshly initialised data. PostgreSQL's `initdb` takes seconds inside WebAssembly, so its result
 * is kept in `prepared` and copied from there (tens of milliseconds).
 *
 * @param initialise Makes a data directory where there is none.
 */
export async function fillFromPrepared(
  prepared: string,
  target: string,
  initialise: (directory: string) => Promise<void>,
): Promise<void> {
  if (await copyPrepared(prepared, target)) return
  await rm(prepared, { recursive: true, force: true })
  await prepare(prepared, initialise)
  if (!(await copyPrepared(prepared, target))) await initialise(target)
}

/** False when there is nothing whole to copy: never prepared, or a cleaner of temporary files has been there. */
async function copyPrepared(prepared: string, target: string): Promise<boolean> {
  try {
    const manifest = JSON.parse(await readFile(join(prepared, manifestFile), 'utf8')) as Manifest
    await rm(target, { recursive: true, force: true })
    await mkdir(target, { recursive: true, mode: 0o700 })
    for (const directory of manifest.directories) await mkdir(join(target, directory), { mode: 0o700 })
    const copies = manifest.files.map(async ([path, bytes]) => {
      const to = join(target, path)
      await copyFile(join(prepared, 'data', path), to, constants.COPYFILE_FICLONE)
      return (await stat(to)).size === bytes
    })
    if ((await Promise.all(copies)).every(Boolean)) return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  await rm(target, { recursive: true, force: true })
  return false
}

async function prepare(prepared: string, initialise: (directory: string) => Promise<void>): Promise<void> {
  const draft = `${prepared}.${randomUUID()}`
  await mkdir(dirname(prepared), { recursive: true, mode: 0o700 })
  await mkdir(draft, { mode: 0o700 })
  try {
    await initialise(join(draft, 'data'))
    await writeFile(join(draft, manifestFile), JSON.stringify(await listTree(join(draft, 'data'))))
    await rename(draft, prepared)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    // Another process was faster; its result is as good.
    const code = (error as NodeJS.ErrnoException).code
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
  }
}

async function listTree(root: string): Promise<Manifest> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const pathOf = (entry: (typeof entries)[number]) => join(entry.parentPath, entry.name).slice(root.length + 1)
  const files = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => [pathOf(entry), (await stat(join(entry.parentPath, entry.name))).size] as const)
  const directories = entries.filter((entry) => entry.isDirectory()).map(pathOf)
  return { directories: directories.sort(), files: await Promise.all(files) }
}
