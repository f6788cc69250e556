import { limits } from '../../catalog/limits.ts'
import { builtInColumnTypes } from '../../values/built-in-types.ts'
import { withNewOptions } from '../../values/new-options.ts'
import { maxOptionName, maxOptions, type OptionSettings } from '../../values/options.ts'
import { nameColumns } from '../read/name-columns.ts'
import type { Confirmation, ConfirmedColumn } from './confirm-plan.ts'
import type { ImportPlan, PlannedColumn } from './import-plan.ts'

/** A share of cells above which a type that does not fit is given up for text. */
const mostMisfits = 0.1

/**
 * The plan with what the whole file taught: columns that it makes get the options that the sample did not have, and are
 * text where more than a tenth of their cells would not fit. Columns that exist stay as they are. Columns that the
 * sample did not show are made as text in a new table, and left out of one that is there.
 */
export function settlePlan(plan: ImportPlan, { columns, foundColumns }: Confirmation): ImportPlan {
  const { sourceColumns = [] } = plan
  const room = plan.target.kind === 'new' ? limits.columnsPerTable - plan.columns.length : 0
  const names = nameColumns([...sourceColumns, ...foundColumns])
  const added = names.slice(sourceColumns.length, sourceColumns.length + room)
  return {
    ...plan,
    ...(foundColumns.length > 0 && { sourceColumns: [...sourceColumns, ...foundColumns] }),
    columns: [
      ...plan.columns.map((planned) => {
        const confirmed = columns.find(({ index }) => index === planned.index)
        return confirmed === undefined || confirmed.misfits === 0 ? planned : settled(planned, confirmed)
      }),
      ...added.map(({ index, header, name }): PlannedColumn => {
        return { index, header, to: { kind: 'new', name, type: builtInColumnTypes.text.id }, facts: {} }
      }),
    ],
  }
}

function settled(planned: PlannedColumn, { misfits, filled, newOptions }: ConfirmedColumn): PlannedColumn {
  const { to } = planned
  if (to.kind === 'existing') return planned
  const isList = to.type === 'dropdown' || to.type === 'tags'
  const names = newOptions.map(({ name }) => name)
  const columnType = builtInColumnTypes[to.type === 'tags' ? 'tags' : 'dropdown']
  const settings: OptionSettings | null = isList ? columnType.settings.parse(to.settings ?? {}) : null
  if (settings !== null && areOptions([...settings.options.map(({ name }) => name), ...names], filled)) {
    return { ...planned, to: { ...to, settings: withNewOptions(settings, names) } }
  }
  if (misfits <= filled * mostMisfits && !isList) return planned
  return { ...planned, to: { ...to, type: builtInColumnTypes.text.id, settings: {} } }
}

/** Whether names are short, few, and come back: each on average at least four times. */
function areOptions(names: readonly string[], cells: number): boolean {
  const isShort = names.every((name) => name.length <= maxOptionName)
  return isShort && names.length <= maxOptions && names.length * 4 <= cells
}
