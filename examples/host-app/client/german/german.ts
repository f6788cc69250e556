import type { OpsProviderProps } from '@opslayer/react'
import { column } from './column.ts'
import { functions } from './functions.ts'
import { grid } from './grid.ts'
import { plugins } from './plugins.ts'
import { saidOfFormulas } from './said-formulas.ts'
import { saidOfTables } from './said-tables.ts'
import { saidOfWork } from './said-work.ts'
import { table } from './table.ts'
import { transfer } from './transfer.ts'
import { view } from './view.ts'
import { work } from './work.ts'

/** Everything that opslayer says, in German: its own texts, the sentences of its server, its functions and plugins. */
export const german: NonNullable<OpsProviderProps['texts']> = {
  ...grid,
  ...table,
  ...view,
  ...column,
  ...transfer,
  ...work,
  ...saidOfFormulas,
  ...saidOfTables,
  ...saidOfWork,
  ...functions,
  ...plugins,
}
