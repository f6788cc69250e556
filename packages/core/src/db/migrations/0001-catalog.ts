import { access } from './0001/access.ts'
import { connections } from './0001/connections.ts'
import { definitions } from './0001/definitions.ts'
import { outgoing } from './0001/outgoing.ts'
import { runs } from './0001/runs.ts'
import { spending } from './0001/spending.ts'
import { assertMarks } from './assert-marks.ts'
import type { CatalogMigration } from './catalog-migration.ts'

/** The catalog as it is first made. */
export const firstCatalog: CatalogMigration = {
  name: 'catalog',
  statements: (context) => [
    ...definitions(context),
    ...runs(context),
    ...outgoing(context),
    ...connections(context),
    ...access(context),
    ...spending(context),
    ...assertMarks(context),
  ],
}
