import { sql } from 'kysely'
import type { Transaction } from '../db/transaction.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'

/**
 * Whether the server can order text by a locale. The embedded database lists collations that it then ignores, so
 * they are tried, not looked up.
 *
 * @throws OpsError `UNSUPPORTED`
 */
export async function checkLocale(tx: Transaction, locale: string): Promise<void> {
  const name = `${locale}-x-icu`
  const [known] = await tx.all(sql<{ works: boolean }>`
    select true as works from pg_collation where collname = ${name} and collprovider = 'i' limit 1`)
  const works = known !== undefined && (await ordersAccents(tx))
  if (works) return
  throw new OpsError(
    'UNSUPPORTED',
    say(
      'This database cannot order text by the locale "{locale}". Leave "locale" out for the natural order, or use a PostgreSQL server with ICU.',
      { locale },
    ),
    {
      path: ['sort'],
    },
  )
}

/** Swedish puts "ö" after "z"; a database that ignores locales does not. */
async function ordersAccents(tx: Transaction): Promise<boolean> {
  const [row] = await tx.all(sql<{ last: boolean }>`
    select 'ö' collate "sv-x-icu" > 'z' collate "sv-x-icu" and 'ö' collate "de-x-icu" < 'z' collate "de-x-icu" as last
    where 2 = (select count(distinct collname) from pg_collation where collname in ('sv-x-icu', 'de-x-icu'))`)
  return row?.last === true
}
