import type { Random } from '../../../query/testing/random.ts'

/** What breaks readers when it stands where nobody expects it. */
const disturbing: readonly Buffer[] = [
  ...[
    '"',
    "'",
    '\n',
    '\r',
    ',',
    ';',
    '\t',
    '\\',
    '\\"',
    '""',
    '{',
    '}',
    '[',
    ']',
    '#',
    '\0',
    '\ufeff',
    '\u2028',
    '=',
    '<',
    '>',
    '&',
  ],
  ...['1e999', '-', '😀', '__proto__', 'sep=;\n', '<row r="-5">', '<v>', '</c>', ' '.repeat(300), 'x'.repeat(600)],
].map((text) => Buffer.from(text))

/** The bytes with one to five faults: cut, doubled, swapped, flipped, or with something put in. */
export function mutateBytes(bytes: Buffer, { below, chance }: Random): Buffer {
  let mutated = Buffer.from(bytes)
  for (let fault = below(5); fault >= 0; fault -= 1) {
    const at = below(mutated.length + 1)
    const end = Math.min(mutated.length, at + below(20))
    const [before, part, after] = [mutated.subarray(0, at), mutated.subarray(at, end), mutated.subarray(end)]
    switch (below(7)) {
      case 0:
        mutated = Buffer.concat([before, disturbing[below(disturbing.length)] ?? part, part, after])
        break
      case 1:
        mutated = Buffer.concat([before, after])
        break
      case 2:
        mutated = Buffer.concat([before, part, part, part, after])
        break
      case 3:
        mutated = Buffer.concat([before, Buffer.from([below(256)]), part, after])
        break
      case 4:
        mutated = Buffer.concat([before, Buffer.from(part).reverse(), after])
        break
      case 5:
        if (at < mutated.length) mutated[at] = (mutated[at] ?? 0) ^ (1 << below(8))
        break
      default:
        if (chance(0.2)) mutated = Buffer.from(before)
    }
  }
  return mutated
}
