import * as z from 'zod'
import { say } from '../sentences/say.ts'
import type { Parsed } from './column-type.ts'
import { memo } from './memo.ts'
import { operandOf } from './operand.ts'
import { defineOperator } from './operator.ts'
import { accept, refuse } from './parsed.ts'
import { parsePattern } from './pattern.ts'
import { type PatternMatcher, patternMatcher } from './pattern-match.ts'
import { printPattern } from './pattern-print.ts'

/** What `matches` looks for. */
export interface PatternOperand {
  /** A pattern as `parsePattern` reads it. */
  readonly pattern: string
  /** Whether ASCII letters match either case. @default true */
  readonly ignoreCase: boolean
}

const shape = z.union([
  z.string().transform((pattern) => ({ pattern, ignoreCase: true })),
  z.strictObject({ pattern: z.string(), ignoreCase: z.boolean().default(true) }),
])

interface CompiledPattern {
  /** For PostgreSQL's `~`. */
  readonly source: string
  readonly matcher: PatternMatcher
}

const compiled = memo((key: string): CompiledPattern | null => {
  const parsed = parsePattern(key.slice(1), key.startsWith('i'))
  return parsed.ok ? { source: printPattern(parsed.pattern), matcher: patternMatcher(parsed.pattern) } : null
})

function compile({ pattern, ignoreCase }: PatternOperand): CompiledPattern | null {
  return compiled((ignoreCase ? 'i' : 's') + pattern)
}

function readPattern(input: unknown): Parsed<PatternOperand> {
  const shaped = shape.safeParse(input)
  if (!shaped.success) return refuse(say('it is not a pattern'))
  if (shaped.data.pattern === '') return accept<PatternOperand>(null)
  const parsed = parsePattern(shaped.data.pattern)
  if (!parsed.ok)
    return refuse(say('{~fault} (at character {#count})', { fault: parsed.message, count: parsed.position + 1 }))
  return accept<PatternOperand>(shaped.data)
}

/** `matches`: whether a pattern of ours occurs in the text. */
export const patternOperator = defineOperator<unknown, string, PatternOperand>({
  id: 'matches',
  label: 'matches',
  operandKind: 'pattern',
  operand: () => operandOf(readPattern),
  predicate: (operand) => {
    const source = compile(operand)?.source
    return source === undefined ? { kind: 'never' } : { kind: 'regex', source, ignoreCase: false }
  },
  test: (value, operand) => value !== null && compile(operand)?.matcher.test(value) === true,
})
