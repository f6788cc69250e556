import { findColumn } from '../../catalog/table-definition.ts'
import type { QueryColumn } from '../../query/query-table.ts'
import type { ExportedRows } from '../../store/export-rows.ts'
import type { TableWork } from '../../store/org-session.ts'
import { queryColumnOf } from '../../store/query-table-of.ts'
import { checkQuery } from '../../store/read-rows.ts'
import { rowSystemColumns } from '../../store/row.ts'
import { systemColumns } from '../../store/system-columns.ts'
import type { ValueContext } from '../../values/column-type.ts'
import { queryThroughView } from '../../views/read-through-view.ts'
import type { CheckedExportQuery } from './export-query.ts'

/** All that must be known to write a file of rows. */
export interface FilePlan extends Pick<ExportedRows, 'columns'> {
  readonly query: CheckedExportQuery
  readonly context: ValueContext
  /** What people call it: the table, and the view. */
  readonly title: string
}

/** An export once it fits its table: which rows, and what becomes of them. */
export interface ExportPlan extends FilePlan, ExportedRows {}

/** System columns that may be asked for. */
const offered = new Map([...systemColumns.filter(({ id }) => id === '_id'), ...rowSystemColumns].map((c) => [c.id, c]))

/**
 * @throws OpsError `NOT_FOUND` for a view or a column that is not there, `INVALID_QUERY`, `UNSUPPORTED` for a locale order
 */
export async function planExport(work: TableWork, query: CheckedExportQuery): Promise<ExportPlan> {
  const { view, filter, sort, columns: asked } = query
  const context = {
    ...work.context,
    ...(query.locale !== undefined && { locale: query.locale }),
    ...(query.timeZone !== undefined && { timeZone: query.timeZone }),
  }
  const common = { query, context }
  const named = asked?.map((name): QueryColumn => offered.get(name) ?? queryColumnOf(findColumn(work.table, name)))
  if (view === undefined) {
    const checked = await checkQuery(work, { filter, sort })
    return { ...common, ...checked, columns: named ?? checked.columns.map(queryColumnOf), title: work.table.name }
  }
  const { checked, name } = await queryThroughView(work, view, { filter, sort })
  const title = `${work.table.name} – ${name}`
  return { ...common, ...checked, columns: named ?? checked.columns.map(queryColumnOf), title }
}
