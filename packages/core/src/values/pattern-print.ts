import { type CodePointSet, complement, highestCodePoint } from './code-point-set.ts'
import type { Pattern, PatternNode } from './pattern.ts'

/**
 * The pattern in PostgreSQL's ARE syntax, to be matched with `~`; no flag, setting or collation changes its meaning.
 * The text is also a pattern of ours and parses to the same meaning.
 */
export function printPattern(pattern: Pattern): string {
  return print(pattern.root)
}

function print(node: PatternNode): string {
  switch (node.kind) {
    case 'set':
      return printSet(node.set)
    case 'start':
      return '^'
    case 'end':
      return '$'
    case 'sequence':
      return node.of.map(printInSequence).join('')
    case 'choice':
      return node.of.map(print).join('|')
    case 'group':
      return `${node.capture === null ? '(?:' : '('}${print(node.of)})`
    case 'repeat':
      return print(node.of) + printBounds(node.min, node.max)
  }
}

function printInSequence(node: PatternNode): string {
  return node.kind === 'choice' ? `(?:${print(node)})` : print(node)
}

function printBounds(min: number, max: number | null): string {
  if (max === null) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`
  if (min === 0 && max === 1) return '?'
  return min === max ? `{${min}}` : `{${min},${max}}`
}

function printSet(set: CodePointSet): string {
  const [first] = set
  if (set.length === 1 && first && first[0] === first[1]) return printCharacter(first[0])
  const others = complement(set)
  if (others.length === 0) return '.'
  return set.at(-1)?.[1] === highestCodePoint ? `[^${printRanges(others)}]` : `[${printRanges(set)}]`
}

function printRanges(set: CodePointSet): string {
  return set
    .map(([from, to]) => {
      if (from === to) return printCharacter(from)
      return `${printCharacter(from)}${to === from + 1 ? '' : '-'}${printCharacter(to)}`
    })
    .join('')
}

/** Letters, digits and everything outside ASCII stand for themselves; the rest is escaped, inside classes too. */
function printCharacter(codePoint: number): string {
  const character = String.fromCodePoint(codePoint)
  if (/[0-9A-Za-z _]/.test(character)) return character
  if (codePoint < 0x20 || codePoint === 0x7f) return `\\u${codePoint.toString(16).padStart(4, '0')}`
  return codePoint < 0x80 ? `\\${character}` : character
}
