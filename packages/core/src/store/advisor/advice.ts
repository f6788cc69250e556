import type { TableDefinition } from '../../catalog/table-definition.ts'
import type { TableWork } from '../org-session.ts'
import { sortKeyName, valuesName } from '../physical-names.ts'
import { type ChosenIndex, chooseIndexes, type RefusedWant } from './choose-indexes.ts'
import { isKeyable } from './index-parts.ts'
import { type IndexPlan, planName } from './index-plan.ts'
import { type IndexState, readIndexStates } from './index-state.ts'
import { readWants } from './read-wants.ts'
import { minRowsForIndexes, readTableFacts, type TableFacts } from './table-facts.ts'
import { unwantedAfterMs } from './want.ts'

/** Indexes of the advisor that one table may have. */
const maxIndexesPerTable = 16

/** What is to be done for a table. */
export interface Advice {
  readonly facts: TableFacts
  /** Text columns to be given a sort key. */
  readonly keysToFill: readonly string[]
  /** Columns whose sort key serves no index any more. */
  readonly keysToDrop: readonly string[]
  readonly make: readonly ChosenIndex[]
  /** Wanted and there. */
  readonly keep: readonly ChosenIndex[]
  readonly drop: readonly IndexState[]
  readonly present: readonly IndexState[]
  readonly refused: readonly RefusedWant[]
}

/** Decides what the indexes of a table should be; changes nothing. */
export async function advise(work: TableWork): Promise<Advice> {
  const facts = await readTableFacts(work)
  const present = await readIndexStates(work)
  const wants = await readWants(work)
  const { indexes, refused } = chooseIndexes(work.table, facts, wants)
  const large = facts.rows >= minRowsForIndexes
  const ready = new Set(present.filter((state) => isReady(state) || state.underWay).map(({ record }) => record.name))
  const chosen = withCompanions(work.table, withinLimit(indexes))
  const wanted = large ? chosen : chosen.filter(({ name }) => ready.has(name))
  const named = new Set(wanted.map(({ name }) => name))
  const make = wanted.filter(({ name }) => !ready.has(name))
  const drop = unwanted(work, present, named, make.filter(counts).length)
  const staying = present.filter((state) => !drop.includes(state) && state.plan !== null)
  const keyed = new Set(
    [...wanted.map(({ plan }) => plan), ...staying.flatMap(({ plan }) => plan ?? [])].flatMap((plan) =>
      [...plan.parts, ...plan.include].filter(({ name }) => name.endsWith('_k')).map(({ column }) => column),
    ),
  )
  const columns = work.table.columns
  return {
    facts,
    keysToFill: columns.filter((c) => isKeyable(c) && keyed.has(c.id) && !c.sortKeyReady).map(({ id }) => id),
    keysToDrop: columns.filter((c) => c.sortKeyed && !keyed.has(c.id)).map(({ id }) => id),
    make,
    keep: wanted.filter(({ name }) => ready.has(name)),
    drop,
    present,
    refused: large
      ? [...refused, ...beyondLimit(work.table, indexes, named)]
      : [
          {
            column: '',
            why: `The table has fewer than ${minRowsForIndexes} rows: it is read whole in a few milliseconds.`,
          },
        ],
  }
}

function isReady({ record, valid }: IndexState): boolean {
  return record.state === 'ready' && valid
}

/** A trigram index comes with a companion for the few longer texts, which does not count. */
function withinLimit(indexes: readonly ChosenIndex[]): readonly ChosenIndex[] {
  return indexes.slice(0, maxIndexesPerTable)
}

function withCompanions(table: TableDefinition, indexes: readonly ChosenIndex[]): readonly ChosenIndex[] {
  return indexes.flatMap((index) => {
    if (index.plan.method !== 'text') return [index]
    const plan = { ...index.plan, method: 'long' } as const
    return [{ ...index, plan, name: planName(table, plan) }, index]
  })
}

function beyondLimit(
  table: TableDefinition,
  indexes: readonly ChosenIndex[],
  named: ReadonlySet<string>,
): readonly RefusedWant[] {
  return indexes
    .filter(({ name }) => !named.has(name))
    .map(({ plan }) => ({
      column: table.columns.find(({ id }) => id === plan.parts[0]?.column)?.id ?? plan.parts[0]?.column ?? '',
      why: `The table has ${maxIndexesPerTable} indexes that are wanted more.`,
    }))
}

/**
 * What to drop: remains of builds, indexes on physical columns that are not the table's any more, what nobody wanted for
 * a month, and what was wanted longest ago where new ones need the room.
 */
function unwanted(
  { table, context }: TableWork,
  present: readonly IndexState[],
  named: ReadonlySet<string>,
  making: number,
): readonly IndexState[] {
  const isOld = ({ record }: IndexState): boolean =>
    context.now.getTime() - Date.parse(record.last_wanted_at) > unwantedAfterMs
  const drop = present.filter((state) => {
    if (state.underWay) return false
    return !isReady(state) || !fits(table, state) || (isOld(state) && !named.has(state.record.name))
  })
  const staying = present.filter((state) => !drop.includes(state) && counts(state))
  const spare = staying
    .filter(({ record }) => !named.has(record.name))
    .sort((a, b) => Date.parse(a.record.last_wanted_at) - Date.parse(b.record.last_wanted_at))
  return [...drop, ...spare.slice(0, Math.max(0, staying.length + making - maxIndexesPerTable))]
}

function counts({ plan }: { readonly plan: IndexPlan | null }): boolean {
  return plan?.method !== 'long'
}

/** An index of a deleted column waits for its restoration; one of a column that was retyped is of no use. */
function fits(table: TableDefinition, { plan }: IndexState): boolean {
  if (plan === null) return false
  return [...plan.parts, ...plan.include].every(({ column, name }) => {
    const live = table.columns.find(({ id }) => id === column)
    return live === undefined || name === valuesName(live) || name === sortKeyName(live)
  })
}
