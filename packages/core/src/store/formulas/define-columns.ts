import { type CheckedColumn, type ColumnInput, checkColumn } from '../../catalog/column-input.ts'
import { columnKey } from '../../catalog/column-key.ts'
import { fillInputSchema } from '../../catalog/fill-definition.ts'
import { newId } from '../../catalog/new-id.ts'
import type { ColumnDefinition } from '../../catalog/table-definition.ts'
import { checkInput } from '../../errors/check-input.ts'
import { OpsError, type OpsErrorPath } from '../../errors/ops-error.ts'
import { checkFormula } from '../../formula/check.ts'
import { describeCycle, orderFormulas } from '../../formula/dependencies.ts'
import { type FormulaColumn, formulaColumnOf } from '../../formula/formula-column.ts'
import { referencedColumns, storedSource } from '../../formula/references.ts'
import { say } from '../../sentences/say.ts'
import { filledType, fillSurroundings } from '../filled/change-fill.ts'
import { defineFill } from '../filled/define-fill.ts'
import { circleOf } from '../filled/fill-reads.ts'
import type { Work } from '../org-session.ts'
import { queryColumnOf } from '../query-table-of.ts'
import { checkDefaultFormula, checkRule } from './column-rules.ts'
import { invalidFormula, wholeFault } from './formula-refusals.ts'
import { resultType } from './result-type.ts'
import { formulaColumn } from './table-formulas.ts'

/** A checked column with its id. */
export type DefinedColumn = CheckedColumn & { readonly id: string }

type Checking = Pick<Work, 'types' | 'functions' | 'plugins' | 'context'>

interface Named {
  readonly id: string
  readonly key: string
  readonly name: string
}

/** An input with what it will be called. */
interface Draft extends Named {
  readonly input: ColumnInput
  readonly place: number
}

/**
 * Checks columns to be made, which may read those that are there and each other.
 *
 * @param several whether errors name the column and its place among the inputs
 * @throws OpsError as {@link checkColumn}; `FORMULA_INVALID`, `FORMULA_CYCLE`
 */
export function defineColumns(
  inputs: readonly ColumnInput[],
  present: readonly ColumnDefinition[],
  work: Checking,
  several: boolean,
): readonly DefinedColumn[] {
  const drafts = named(inputs, present, several)
  const known: FormulaColumn[] = present.map(formulaColumn)
  const defined = new Map<Draft, DefinedColumn>()
  for (const draft of drafts.filter(({ input }) => input.formula === undefined)) {
    const column = at(draft, several, () => plainColumn(draft, work))
    defined.set(draft, column)
    known.push(asFormulaColumn(column, work))
  }
  for (const { draft, source, stored } of inOrder(drafts, present, several)) {
    const column = at(draft, several, () => computedColumn(draft, source, stored, known, work))
    defined.set(draft, column)
    known.push(asFormulaColumn(column, work))
  }
  const computed = new Set([
    ...present.filter(({ formula, defaultFormula }) => formula !== null || defaultFormula !== null).map(({ id }) => id),
    ...drafts.filter(({ input }) => (input.formula ?? input.defaultFormula) !== undefined).map(({ id }) => id),
  ])
  const isFilledIn = (id: string): boolean => !computed.has(id)
  const ruled = drafts.map((draft) =>
    at(draft, several, () => withRules(defined.get(draft), draft, known, isFilledIn, work)),
  )
  if (!inputs.some(({ fill }) => fill !== undefined)) return ruled
  const columns = [...present, ...ruled.map((column) => asDefinition(column, work))]
  const filled = ruled.map((column, place) => {
    const draft = drafts[place]
    const fill = draft?.input.fill
    if (draft === undefined || fill === undefined) return column
    return at(draft, several, () => ({
      ...column,
      fill: defineFill(checkInput(fillInputSchema, fill, ['fill']), fillSurroundings(columns, work)),
    }))
  })
  const circle = circleOf([...present, ...filled])
  if (circle !== null) throw new OpsError('FORMULA_CYCLE', circle, { path: ['fill'] })
  return filled
}

function named(
  inputs: readonly ColumnInput[],
  present: readonly ColumnDefinition[],
  several: boolean,
): readonly Draft[] {
  const given = inputs.flatMap(({ key }) => (key === undefined ? [] : [key]))
  if (new Set(given).size < given.length) {
    throw new OpsError('ALREADY_EXISTS', say('Two columns have the same key.'), { path: ['columns'] })
  }
  const taken = new Set(present.map(({ key }) => key))
  const all = new Set([...taken, ...given])
  return inputs.map((input, place) => {
    const draft = { id: newId('col'), key: input.key ?? columnKey(input.name, all), name: input.name, input, place }
    at(draft, several, () => {
      if (taken.has(draft.key)) {
        throw new OpsError('ALREADY_EXISTS', say('Another column already has the key "{key}".', { key: draft.key }), {
          path: ['key'],
        })
      }
    })
    all.add(draft.key)
    return draft
  })
}

interface DraftFormula {
  readonly draft: Draft
  readonly source: string
  readonly stored: string
}

/** The drafts that are formulas, each after those that it reads. */
function inOrder(
  drafts: readonly Draft[],
  present: readonly ColumnDefinition[],
  several: boolean,
): readonly DraftFormula[] {
  const names: readonly Named[] = [...present, ...drafts]
  const formulas = drafts.flatMap((draft) => {
    const source = draft.input.formula
    if (source === undefined) return []
    const stored = at(draft, several, () => storedOf(source, names))
    return { id: draft.id, draft, source, stored, reads: referencedColumns(stored) }
  })
  const ordered = orderFormulas(formulas)
  if (ordered.ok) return ordered.order
  const message = describeCycle(ordered.cycle, (id) => names.find((each) => each.id === id)?.name ?? id)
  const first = formulas.find(({ id }) => ordered.cycle.includes(id))
  const refuse = (): never => {
    throw invalidFormula([wholeFault(first?.source ?? '', message)], ['formula'], 'FORMULA_CYCLE')
  }
  return first === undefined ? refuse() : at(first.draft, several, refuse)
}

/** @throws OpsError `FORMULA_INVALID` */
export function storedOf(source: string, names: readonly Named[], path: OpsErrorPath = ['formula']): string {
  const stored = storedSource(source, names)
  if (!stored.ok) throw invalidFormula(stored.faults, path)
  return stored.value
}

function plainColumn(draft: Draft, { types, plugins, context }: Checking): DefinedColumn {
  const { type, formula: _formula, defaultFormula: _default, rule: _rule, fill, ...plain } = draft.input
  const typed = fill === undefined ? { type } : filledType(draft.input, plugins)
  if (typed.type === undefined) {
    throw new OpsError('INVALID_INPUT', say('A column has a type, or a formula or plugin that gives its cells.'), {
      path: ['type'],
    })
  }
  const checked = checkColumn({ ...plain, key: draft.key, ...typed, type: typed.type }, new Set(), types, context)
  return { ...checked, id: draft.id, formula: null, defaultFormula: null, rule: null, fill: null }
}

function computedColumn(
  draft: Draft,
  source: string,
  stored: string,
  known: readonly FormulaColumn[],
  { types, functions, context }: Checking,
): DefinedColumn {
  const { type, formula: _formula, defaultFormula, rule, fill, unique, defaultValue, ...plain } = draft.input
  if (fill !== undefined) {
    throw new OpsError('INVALID_INPUT', say('A formula or a plugin gives the cells of a column, not both.'), {
      path: ['fill'],
    })
  }
  const wrong = unique === true ? 'unique' : rule !== undefined ? 'rule' : null
  const given = defaultFormula !== undefined || (defaultValue !== undefined && defaultValue !== null)
  if (wrong !== null || given) {
    throw new OpsError(
      'INVALID_INPUT',
      say('A column whose cells a formula gives cannot be unique and takes no default and no rule.'),
      { path: [wrong ?? (defaultFormula === undefined ? 'defaultValue' : 'defaultFormula')] },
    )
  }
  const formula = checkFormula(source, { columns: known, functions })
  if (!formula.ok) throw invalidFormula(formula.faults, ['formula'])
  const result = resultType(formula.value, type, types)
  const checked = checkColumn({ ...plain, key: draft.key, type: result.columnType.id }, new Set(), types, context)
  return {
    ...checked,
    id: draft.id,
    formula: { source: stored, type: result.type },
    defaultFormula: null,
    rule: null,
    fill: null,
  }
}

function asFormulaColumn(column: DefinedColumn, work: Checking): FormulaColumn {
  const plain = formulaColumnOf(queryColumnOf({ ...asDefinition(column, work), formula: null }))
  return column.formula === null ? plain : { ...plain, type: column.formula.type as FormulaColumn['type'] }
}

/** The column as if it were there. */
function asDefinition(column: DefinedColumn, { types }: Pick<Checking, 'types'>): ColumnDefinition {
  return {
    ...column,
    formula: column.formula === null ? null : { ...column.formula, generation: 1, pending: false, at: null },
    number: 0,
    locked: false,
    sortKeyed: false,
    sortKeyReady: false,
    searchIndexed: false,
    ...types.ofColumn(column),
  }
}

/** The column with its default's formula and its rule, which may read columns that are made with it. */
function withRules(
  column: DefinedColumn | undefined,
  { input }: Draft,
  known: readonly FormulaColumn[],
  isFilledIn: (columnId: string) => boolean,
  { functions }: Checking,
): DefinedColumn {
  if (column === undefined) throw new OpsError('INTERNAL', 'A column was not checked.')
  const { defaultFormula, rule } = input
  if (defaultFormula !== undefined && column.defaultValue !== null) {
    throw new OpsError('INVALID_INPUT', say('A column has a default value or a formula for it, not both.'), {
      path: ['defaultFormula'],
    })
  }
  return {
    ...column,
    ...(defaultFormula !== undefined && {
      defaultFormula: checkDefaultFormula(defaultFormula, column.id, known, isFilledIn, functions),
    }),
    ...(rule !== undefined && { rule: checkRule(rule, column.id, known, functions) }),
  }
}

/** Runs a check; of several inputs, errors say of which one they are. */
function at<T>({ place, name }: Draft, several: boolean, check: () => T): T {
  if (!several) return check()
  try {
    return check()
  } catch (error) {
    if (!(error instanceof OpsError)) throw error
    throw new OpsError(error.code, `Column "${name}": ${error.message}`, {
      path: ['columns', place, ...error.path],
      issues: error.issues.map((issue) => ({ ...issue, path: ['columns', place, ...issue.path] })),
    })
  }
}
