import type pg from 'pg'
import type { SharedEmbedded } from '../../db/database-input.ts'
import { type EmbeddedDatabase, openEmbedded } from '../../db/embedded/open-embedded.ts'
import type { PgClient, PgQuery, PgResult } from '../../db/pool.ts'
import { createLifeline, type Lifeline } from './lifeline.ts'

/** One embedded database with as many processes as a trial needs, none of which outlives its end. */
export interface SharedDatabase extends AsyncDisposable {
  /** What a process connects to, and what it lives by. */
  process(): { readonly database: SharedEmbedded; readonly life: Lifeline }
  /**
   * Looks at a run, and lets the time pass that it waits for.
   *
   * @returns its state, and how long it would have waited in milliseconds
   */
  hurry(runId: string): Promise<{ readonly state: string; readonly waitMs: number | null }>
  /** Lets the time pass after which deliveries of webhooks are tried again. */
  hurryDeliveries(): Promise<void>
}

export async function openSharedDatabase(): Promise<SharedDatabase> {
  const opened = await openEmbedded({ directory: 'memory' })
  return {
    process: () => processOf(opened, opened.anotherPool()),
    hurry: async (runId) => {
      const { rows } = await opened.pool.query({
        text: `with w as (
            select org_id, id, state, (extract(epoch from resume_at - clock_timestamp()) * 1000)::float8 as ms
            from opslayer.runs where id = $1
          ), u as (
            update opslayer.runs as r set resume_at = clock_timestamp() from w where (r.org_id, r.id) = (w.org_id, w.id) and w.ms > 0
          )
          select state, ms from w`,
        values: [runId],
      })
      return { state: rows[0]?.state ?? 'queued', waitMs: rows[0]?.ms ?? null }
    },
    hurryDeliveries: async () => {
      await opened.pool.query(
        'update opslayer.webhook_deliveries set next_at = clock_timestamp() where next_at > clock_timestamp()',
      )
    },
    [Symbol.asyncDispose]: () => opened.close(),
  }
}

function processOf(opened: EmbeddedDatabase, pool: pg.Pool): { database: SharedEmbedded; life: Lifeline } {
  const lent = new Set<pg.PoolClient>()
  const life = createLifeline(() => {
    for (const client of lent) streamOf(client).destroy()
  })
  const known = new WeakMap<PgClient, pg.PoolClient>()
  const real = (client: PgClient): PgClient => known.get(client) ?? client

  const connect = async (): Promise<PgClient> => {
    if (life.hasEnded) throw new Error('The process has ended.')
    const client = await pool.connect()
    lent.add(client)
    const own: PgClient = {
      query: async (query: PgQuery): Promise<PgResult> => {
        const what = firstWords(query.text)
        const send = (): Promise<PgResult> =>
          life.pass('round trip', what, async () => await client.query(plain(query)))
        return await (isCommit(query) ? life.pass('commit', what, send) : send())
      },
      release: (destroy) => {
        lent.delete(client)
        client.release(life.hasEnded || destroy)
      },
      processID: null,
    }
    known.set(own, client)
    return own
  }

  const connections: ReturnType<SharedEmbedded['connect']> = {
    pool: { connect },
    copyIn: (client, target, source) =>
      life.pass('round trip', `copy ${target}`, () => opened.copyIn(real(client), target, source)),
    copyOut: (client, source) => life.pass('round trip', 'copy', () => opened.copyOut(real(client), source)),
    withDeadline: ({ client, ...limits }, work) =>
      opened.withDeadline({ ...limits, client: client === undefined ? undefined : real(client) }, work),
    close: async () => {
      if (!life.hasEnded) await pool.end()
    },
  }
  return { database: { kind: 'embedded', directory: 'memory', connect: () => connections }, life }
}

/** `pg` answers by a promise where there is no callback. */
function plain({ text, values, rowMode, types }: PgQuery): pg.QueryConfig {
  return {
    text,
    ...(values !== undefined && { values }),
    ...(rowMode !== undefined && { rowMode }),
    ...(types !== undefined && { types }),
  } as pg.QueryConfig
}

function streamOf(client: pg.PoolClient): { destroy(): void } {
  return (client as unknown as { readonly connection: { readonly stream: { destroy(): void } } }).connection.stream
}

function isCommit({ text }: PgQuery): boolean {
  return /\bcommit\s*;?\s*$/i.test(text)
}

/** What a statement does, without what is in it. */
function firstWords(text: string): string {
  const [words = ''] = text.replaceAll('"', '').match(/[\w\s.]+/) ?? []
  return words.trim().replaceAll(/\s+/g, ' ').slice(0, 60)
}
