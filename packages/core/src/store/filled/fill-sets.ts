import { type RawBuilder, sql } from 'kysely'
import type { TableDefinition } from '../../catalog/table-definition.ts'
import { cellStates } from '../../query/cell-state.ts'
import { fillMarkStep, overtakenNumber, settledNumbers } from '../../query/fill-mark.ts'
import type { CellSet } from '../cell-parameters.ts'
import { originName, physical, stateName } from '../physical-names.ts'
import { wholeTable } from '../table-access.ts'
import { inputColumns } from './fill-reads.ts'

/**
 * The marks that a write leaves beside cells that plugins fill, given all that it sets: a cell whose inputs really
 * change is stale from then on, one that is being asked for will be, and one that a person writes has no mark and no origin.
 *
 * @param sets over the row as it was under the alias `t`
 * @param obtained id of the column whose cells the write has from its plugin: it sets what lies beside them itself
 */
export function fillSets(
  narrowed: TableDefinition,
  sets: readonly CellSet[],
  obtained: string | null = null,
): readonly CellSet[] {
  const table = wholeTable(narrowed)
  const written = new Map(sets.flatMap((set) => (set.of === undefined ? [] : [[set.of.id, set] as const])))
  return table.columns.flatMap(({ id, number, fill }): CellSet[] => {
    if (fill === null || id === obtained) return []
    const name = sql.id(stateName({ number }))
    if (written.has(id)) {
      return [
        { name, value: sql`null::smallint` },
        { name: sql.id(originName({ number })), value: sql`null::bigint` },
      ]
    }
    const changed = inputColumns(fill).flatMap((input) => {
      const set = written.get(input)
      return set?.of === undefined ? [] : [sql`t.${physical.values(set.of)} is distinct from ${set.value}`]
    })
    if (changed.length === 0) return []
    return [{ name, value: markAfter(sql`t.${name}`, sql.join(changed, sql` or `)) }]
  })
}

function markAfter(mark: RawBuilder<unknown>, isChanged: RawBuilder<unknown>): RawBuilder<unknown> {
  const number = sql`${mark} % ${sql.lit(fillMarkStep)}`
  const settled = sql.join(settledNumbers.map((each) => sql.lit(each)))
  return sql`(case when ${mark} is null or not (${isChanged}) then ${mark}
    when ${number} in (${settled}) then ${mark} - ${number} + ${sql.lit(cellStates.stale)}
    when ${number} = ${sql.lit(cellStates.running)} then ${mark} - ${number} + ${sql.lit(overtakenNumber)}
    else ${mark} end)::smallint`
}
