import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a directory, and those above it, where they are not there yet. `mkdir` with `recursive` never ends below a directory
 * that takes none, as `/proc`.
 *
 * @throws the file system's error: `EEXIST` for what is there and no directory
 */
export async function makeDirectory(path: string, mode = 0o777): Promise<void> {
  try {
    await mkdir(path, { mode })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') {
      await mkdir(path, { recursive: true })
      return
    }
    const above = dirname(path)
    if (code !== 'ENOENT' || existsSync(above)) throw error
    await makeDirectory(above, mode)
    await makeDirectory(path, mode)
  }
}
