/**
 * The same text in memory of its own. Engines keep a text that was cut out of a larger one as a reference to that, so that
 * remembering ten letters of a file would keep half a megabyte of it.
 */
export function ownText(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le')
}
