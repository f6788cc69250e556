import type { FormulaFunction, FunctionExample, FunctionGroup, Parameter, ParameterType } from './formula-function.ts'
import type { FunctionRegistry } from './function-registry.ts'

/** A function as editors and docs show it: overloads of one name together. */
export interface DescribedFunction {
  /** In capitals. */
  readonly name: string
  readonly group: FunctionGroup
  /** `LEFT(text: text, [count: number]) → text`, one for each way to call it. */
  readonly signatures: readonly string[]
  /** One or two sentences: what it gives. */
  readonly summary: string
  /** Other names that can be called. */
  readonly aliases: readonly string[]
  readonly examples: readonly FunctionExample[]
  /** How long a result stays good where it changes with time; else null. */
  readonly volatile: 'day' | 'minute' | null
}

/** What can be called by name, in the order of the docs; operators are left out. */
export function describeFunctions({ functions }: Pick<FunctionRegistry, 'functions'>): readonly DescribedFunction[] {
  const byName = new Map<string, FormulaFunction[]>()
  for (const each of functions) {
    if (each.group !== 'operators') byName.set(each.name, [...(byName.get(each.name) ?? []), each])
  }
  return [...byName].map(([name, overloads]) => describe(name, overloads))
}

function describe(name: string, overloads: readonly FormulaFunction[]): DescribedFunction {
  const aliases = new Set(overloads.flatMap((each) => each.aliases ?? []))
  return {
    name,
    group: overloads[0]?.group ?? 'custom',
    signatures: [...new Set(overloads.map(signature))],
    summary: [...new Set(overloads.map(({ summary }) => summary))].join(' '),
    aliases: [...aliases].filter((alias) => /^[A-Z]/.test(alias)),
    examples: overloads.flatMap((each) => each.examples),
    volatile: overloads.find((each) => each.volatile !== undefined)?.volatile ?? null,
  }
}

function signature(definition: FormulaFunction): string {
  const { name } = definition
  const parameters = definition.parameters as readonly Parameter[]
  const rest: readonly Parameter[] = definition.rest ?? []
  const shown = [
    ...parameters.map(shownParameter),
    ...(rest.length > 0 ? ['…'] : []),
    ...(definition.last === undefined ? [] : [`[${definition.last.name}]`]),
  ]
  const result = definition.kind === 'composed' ? '' : ` → ${typeWord(definition.result)}`
  return `${name}(${shown.join(', ')})${result}`
}

function shownParameter({ name, type, optional }: Parameter): string {
  const text = `${name}: ${typeWord(type)}`
  return optional === true ? `[${text}]` : text
}

function typeWord(type: ParameterType): string {
  if (type === 'S' || type === 'T' || type === 'any' || type === 'blank') return 'any'
  if (type === 'boolean') return 'true/false'
  return type === 'list<S>' ? 'list' : type
}
