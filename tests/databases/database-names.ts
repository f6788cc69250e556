/** How the names of all databases of a test run begin. */
export const databasePrefix = (runId: string): string => `opslayer_test_${runId}_`

/** The same connection string with another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}
