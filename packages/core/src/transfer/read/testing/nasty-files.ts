import { nastyDelimited } from './nasty-delimited.ts'
import type { NastyFile } from './nasty-file.ts'
import { nastyJson } from './nasty-json.ts'
import { nastyWorkbooks } from './nasty-workbooks.ts'
import { noTables } from './no-tables.ts'

/** The corpus, by what each file is. */
export const nastyFiles: Readonly<Record<string, NastyFile>> = {
  ...nastyDelimited,
  ...nastyJson,
  ...nastyWorkbooks,
  ...noTables,
}
