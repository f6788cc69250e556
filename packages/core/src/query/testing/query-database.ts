import { PGlite } from '@electric-sql/pglite'
import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from 'kysely'
import { Client } from 'pg'
import { databaseTemplate } from '../../../../../tests/databases/database-template.ts'
import type { MakeDatabase } from '../../../../../tests/databases/describe-databases.ts'

/** A database that runs what this room makes. */
export interface QueryDatabase extends AsyncDisposable {
  readonly run: <Row>(query: RawBuilder<Row>) => Promise<readonly Row[]>
  readonly execute: (script: string) => Promise<void>
}

const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** SQL text and parameters, without a database. */
export function compiled(query: RawBuilder<unknown>): CompiledQuery {
  return query.compile(compiler)
}

/** An empty embedded database, which takes seconds to make and a moment to copy. */
const initialised = databaseTemplate('query', async (target) => {
  if (target.kind === 'embedded') await (await PGlite.create(target.directory)).close()
})

/** A new database, gone after the test. Numbers, dates and times arrive as PostgreSQL's own text. */
export async function openQueryDatabase(makeDatabase: MakeDatabase): Promise<QueryDatabase> {
  const target = await makeDatabase(initialised)
  const database = await (target.kind === 'server' ? openServer(target.url) : openEmbedded(target.directory))
  return {
    ...database,
    [Symbol.asyncDispose]: async () => {
      await database[Symbol.asyncDispose]()
      await target[Symbol.asyncDispose]()
    },
  }
}

/** Types that drivers would turn into something of their own: int8, numeric, date, timestamptz. */
const asText = [20, 1700, 1082, 1184]

async function openServer(url: string): Promise<QueryDatabase> {
  const client = new Client({ connectionString: url, options: '-c TimeZone=UTC' })
  for (const oid of asText) client.setTypeParser(oid, 'text', (text) => text)
  await client.connect()
  return {
    run: async <Row>(query: RawBuilder<Row>) => {
      const { sql, parameters } = compiled(query)
      const { rows } = await client.query(sql, [...parameters])
      return rows as Row[]
    },
    execute: async (script) => void (await client.query(script)),
    [Symbol.asyncDispose]: () => client.end(),
  }
}

async function openEmbedded(directory: string): Promise<QueryDatabase> {
  const lite = await PGlite.create(directory, {
    parsers: Object.fromEntries(asText.map((oid) => [oid, (text: string) => text])),
  })
  await lite.exec(`set time zone 'UTC'`)
  return {
    run: async <Row>(query: RawBuilder<Row>) => {
      const { sql, parameters } = compiled(query)
      return (await lite.query<Row>(sql, [...parameters])).rows
    },
    execute: async (script) => void (await lite.exec(script)),
    [Symbol.asyncDispose]: () => lite.close(),
  }
}
