import type { OrgOps } from '@opslayer/core'
import type { Client } from 'pg'

/** One read, as a user of opslayer writes it and as an expert writes it in SQL with an index made for it. */
export interface Read {
  readonly name: string
  readonly ours: (acme: OrgOps, tableId: string) => Promise<unknown>
  readonly limit: (client: Client, table: string) => Promise<unknown>
  /** Definition of the index that serves the SQL best; none where the primary key does. */
  readonly index?: string
}

/** Rows of a page. */
const limit = 100

const byScore = [{ column: 'score', dir: 'desc' }] as const
const segment = (id: string) => ({ column: 'segment', op: 'is', value: id })

const bySegment: Pick<Read, 'index'> = { index: '(segment, score desc nulls last, id desc)' }

function pageOfSegment(name: string, id: string): Read {
  return {
    name,
    ours: (acme, tableId) => acme.rows.page(tableId, { filter: segment(id), sort: byScore, limit }),
    limit: (client, table) =>
      client.query(`select * from ${table} where segment = $1 order by score desc nulls last, id desc limit ${limit}`, [
        id,
      ]),
    ...bySegment,
  }
}

/**
 * @param depth rows before the deep window
 * @param rareText a text that few names contain
 */
export function readsOf(depth: number, rareText: string): readonly Read[] {
  return [
    {
      name: 'first page',
      ours: (acme, tableId) => acme.rows.page(tableId, { limit }),
      limit: (client, table) => client.query(`select * from ${table} order by id limit ${limit}`),
    },
    pageOfSegment('page of 0.1 %', 'rare'),
    pageOfSegment('page of 5 %', 'some'),
    pageOfSegment('page of 50 %', 'half'),
    {
      name: 'page of three filters',
      ours: (acme, tableId) =>
        acme.rows.page(tableId, {
          filter: {
            and: [
              { column: 'stage', op: 'is', value: 'won' },
              { column: 'country', op: 'is', value: 'japan' },
              { column: 'employees', op: 'gt', value: 4_000 },
            ],
          },
          sort: [{ column: 'renewal', dir: 'desc' }],
          limit,
        }),
      limit: (client, table) =>
        client.query(
          `select * from ${table} where stage = $1 and country = $2 and employees > $3
         order by renewal desc nulls last, id desc limit ${limit}`,
          ['won', 'japan', 4_000],
        ),
      index: '(stage, country, renewal desc nulls last, id desc) include (employees)',
    },
    {
      name: 'page sorted by number',
      ours: (acme, tableId) => acme.rows.page(tableId, { sort: byScore, limit }),
      limit: (client, table) =>
        client.query(`select * from ${table} order by score desc nulls last, id desc limit ${limit}`),
      index: '(score desc nulls last, id desc)',
    },
    {
      name: 'page sorted by text',
      ours: (acme, tableId) => acme.rows.page(tableId, { sort: [{ column: 'company' }], limit }),
      limit: (client, table) => client.query(`select * from ${table} order by company, id limit ${limit}`),
      index: '(company, id)',
    },
    {
      name: 'window at half depth',
      ours: (acme, tableId) => acme.rows.window(tableId, { sort: byScore, offset: depth, limit }),
      limit: (client, table) =>
        client.query(
          `select t.* from (select id from ${table} order by score desc nulls last, id desc limit ${limit} offset $1) as page
         join ${table} as t using (id) order by score desc nulls last, id desc`,
          [depth],
        ),
      index: '(score desc nulls last, id desc)',
    },
    {
      name: 'contains',
      ours: (acme, tableId) =>
        acme.rows.page(tableId, { filter: { column: 'name', op: 'contains', value: rareText }, limit }),
      limit: (client, table) =>
        client.query(`select * from ${table} where name ilike $1 order by id limit ${limit}`, [`%${rareText}%`]),
      index: 'using gin (name gin_trgm_ops)',
    },
    {
      name: 'count of 5 %',
      ours: (acme, tableId) => acme.rows.count(tableId, { filter: segment('some'), exact: true }),
      limit: (client, table) => client.query(`select count(*) from ${table} where segment = $1`, ['some']),
      ...bySegment,
    },
    {
      name: 'group',
      ours: (acme, tableId) =>
        acme.rows.groups(tableId, {
          groupBy: [{ column: 'stage' }],
          aggregates: [{ column: 'deal', aggregate: 'sum' }],
        }),
      limit: (client, table) =>
        client.query(`select stage, count(*), sum(deal) from ${table} group by stage order by stage`),
      index: '(stage) include (deal)',
    },
    {
      name: 'summary',
      ours: (acme, tableId) =>
        acme.rows.summary(tableId, {
          aggregates: [
            { column: 'score', aggregate: 'avg' },
            { column: 'deal', aggregate: 'sum' },
            { column: 'employees', aggregate: 'max' },
            { column: 'subscribed', aggregate: 'checked' },
          ],
        }),
      limit: (client, table) =>
        client.query(
          `select count(*), avg(score), sum(deal), max(employees), count(*) filter (where subscribed) from ${table}`,
        ),
      index: '(score) include (deal, employees, subscribed)',
    },
  ]
}

/** Gives the hand-made table the index of each read. */
export async function createIdealIndexes(client: Client, table: string, reads: readonly Read[]): Promise<void> {
  await client.query('create extension if not exists pg_trgm')
  const indexes = new Set(reads.flatMap(({ index }) => index ?? []))
  for (const index of indexes) await client.query(`create index on ${table} ${index}`)
}
