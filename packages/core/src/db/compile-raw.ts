import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from 'kysely'
import { OpsError } from '../errors/ops-error.ts'
import { quoteLiteral } from './quote.ts'

/** Writes values into the text where others bind parameters. */
class LiteralCompiler extends PostgresQueryCompiler {
  protected override appendValue(value: unknown): void {
    this.append(literalOf(value))
  }
}

function compilingWith(createQueryCompiler: () => PostgresQueryCompiler): Kysely<unknown> {
  return new Kysely<unknown>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler,
    },
  })
}

const compiling = compilingWith(() => new PostgresQueryCompiler())
const compilingLiterals = compilingWith(() => new LiteralCompiler())

/**
 * Text and parameters of hand-written SQL, which names its schemas itself. Why not by the Kysely instance of the client:
 * its schema plugin copies the whole statement, and asking it costs as much again.
 */
export function compileRaw<Row>(query: RawBuilder<Row>): CompiledQuery<Row> {
  return query.compile(compiling)
}

/**
 * The same as one text with quoted literals, for the statements that take no parameters. Like a parameter, a literal has
 * no type of its own, so both mean the same.
 *
 * @throws OpsError `INTERNAL` for a value that has no literal
 */
export function compileLiteral(query: RawBuilder<unknown>): string {
  return query.compile(compilingLiterals).sql
}

function literalOf(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  return quoteLiteral(Array.isArray(value) ? arrayText(value) : scalarText(value))
}

/** `{"a","b \"c\"",NULL}` */
function arrayText(elements: readonly unknown[]): string {
  const parts = elements.map((element) => {
    if (element === null || element === undefined) return 'NULL'
    return `"${scalarText(element).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
  })
  return `{${parts.join(',')}}`
}

function scalarText(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  throw new OpsError('INTERNAL', `A ${typeof value} cannot be written into a statement.`)
}
