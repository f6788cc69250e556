/**
 * What makes a spreadsheet compute a cell of a text file, with any number of our own marks before it: a sign, also in
 * its wide form, a tab, a line break.
 */
const computed = /^'*[=+\-@\t\r\n＝＋－＠]/
const escaped = /^'+[=+\-@\t\r\n＝＋－＠]/

/**
 * Puts an apostrophe before a text that a spreadsheet would compute (`=1+1`), or read as a number (`+4930901820`).
 * {@link unescapeSpreadsheetText} gives every text back as it was.
 */
export function escapeSpreadsheetText(text: string): string {
  return computed.test(text) ? `'${text}` : text
}

/** Takes away the apostrophe that {@link escapeSpreadsheetText} wrote, and no other. */
export function unescapeSpreadsheetText(text: string): string {
  return escaped.test(text) ? text.slice(1) : text
}
