import { firstCatalog } from './0001-catalog.ts'
import type { CatalogMigration } from './catalog-migration.ts'

/** The catalog's history, in order; the place in the list, from 1, is the version. Never edited after release. */
export const catalogMigrations: readonly CatalogMigration[] = [firstCatalog]
