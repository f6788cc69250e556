import { OpsError } from '../../errors/ops-error.ts'
import type { Source, SourceInput } from './source.ts'

/**
 * Makes a file ready to be read.
 *
 * @param name what the file is called, where the input does not know
 * @throws OpsError `INVALID_INPUT` for anything that holds no file
 */
export async function openSource(_input: SourceInput, _name?: string): Promise<Source> {
  throw new OpsError('UNSUPPORTED', 'Files cannot be opened yet.')
}
