import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from 'kysely'

const compiling = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/**
 * Text and parameters of hand-written SQL, which names its schemas itself. Why not by the Kysely instance of the client:
 * its schema plugin copies the whole statement, and asking it costs as much again.
 */
export function compileRaw<Row>(query: RawBuilder<Row>): CompiledQuery<Row> {
  return query.compile(compiling)
}
