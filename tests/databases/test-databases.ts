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

/**
 * Those of them that differ in what they run and in how they are spoken to: the newest PostgreSQL is embedded, so beside it the
 * oldest server is enough, unless more are asked for: by name, or by a server that is given.
 */
export const distinctDatabases: readonly DatabaseName[] =
  process.env.OPSLAYER_TEST_DATABASES || process.env.DATABASE_URL
    ? testDatabases
    : testDatabases.filter((name) => name !== 'pg18' || !testDatabases.includes('pg15'))

/** Reads the value of `OPSLAYER_TEST_DATABASES`. */
export function chooseDatabases(wanted: string | undefined): readonly DatabaseName[] {
  if (!wanted) return all.filter((name) => name !== 'pg15' || postgresBinaries(15) !== undefined)
  return wanted.split(',').map((word) => {
    const name = all.find((each) => each === word.trim())
    if (name === undefined) throw new Error(`OPSLAYER_TEST_DATABASES knows ${all.join(', ')}, not "${word}"`)
    return name
  })
}
