/** Bounds of definitions and inputs. Chosen so that every statement stays far inside PostgreSQL's own. */
export const limits = {
  /** Live columns of a table. PostgreSQL allows 1,600 over a table's life, dropped ones included. */
  columnsPerTable: 400,
  /** Physical columns over a table's life, retyped and dropped ones included. */
  columnNumbersPerTable: 1_000,
  tablesPerOrg: 10_000,
  viewsPerTable: 1_000,
  nameLength: 200,
  descriptionLength: 2_000,
  keyLength: 60,
  /** Rows of one call of insert, update, upsert, delete. Longer lists go by `load` or in several calls. */
  rowsPerCall: 5_000,
  /** Rows of one page or window. */
  rowsPerPage: 1_000,
  /** Definitions (tables, views, changes) of one page of a list. */
  itemsPerPage: 200,
  externalKeyLength: 500,
} as const
