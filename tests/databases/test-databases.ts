import { postgresBinaries } from './postgres-binaries.ts'

/** The databases that a test can run on. */
export type DatabaseName = 'embedded' | 'pg18' | 'pg15'

const all: readonly DatabaseName[] = ['embedded', 'pg18', 'pg15']

/**
 * The databases to test on: all that this machine has, or those of them that `OPSLAYER_TEST_DATABASES` names
 * (`embedded,pg18,pg15`).
 *
 * @throws when the variable names something else
 */
export const testDatabases: readonly DatabaseName[] = chooseDatabases(process.env.OPSLAYER_TEST_DATABASES)

/** Reads the value of `OPSLAYER_TEST_DATABASES`. */
export function chooseDatabases(wanted: string | undefined): readonly DatabaseName[] {
  if (!wanted) return all.filter((name) => name !== 'pg15' || postgresBinaries(15) !== undefined)
  return wanted.split(',').map((word) => {
    const name = all.find((each) => each === word.trim())
    if (name === undefined) throw new Error(`OPSLAYER_TEST_DATABASES knows ${all.join(', ')}, not "${word}"`)
    return name
  })
}
