/**
 * Quoting for the few texts that cannot be bound as parameters: the envelope of a transaction (simple protocol), DDL
 * and role statements. Everything else uses bound parameters and Kysely's `sql.id`.
 */
export function quoteLiteral(text: string): string {
  if (text.includes('\0')) throw new TypeError('NUL bytes are never quoted.')
  const quoted = text.replaceAll("'", "''")
  // Only the E form means the same whatever `standard_conforming_strings` says.
  return text.includes('\\') ? `E'${quoted.replaceAll('\\', '\\\\')}'` : `'${quoted}'`
}

export function quoteIdentifier(name: string): string {
  if (name.includes('\0')) throw new TypeError('NUL bytes are never quoted.')
  return `"${name.replaceAll('"', '""')}"`
}
