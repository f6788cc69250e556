/** Longest name, in characters, ending included: file systems take 255 bytes. */
const maxLength = 80

// Signs of paths and shells, and what Windows forbids.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be in a file name
const forbidden = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069<>:"/\\|?*]+/g

/** A name that every file system takes, made of what people call the thing. */
export function fileNameOf(title: string, ending: string): string {
  const tidy = title
    .replace(forbidden, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  const name = [...tidy].slice(0, maxLength - ending.length - 1).join('')
  return `${name === '' ? 'export' : name}.${ending}`
}
