import { opsFault, useTables } from '@opslayer/react'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { SessionView } from '../../shared/session-view.ts'
import { opsClient } from '../ops-client.ts'
import { Pipeline } from './pipeline.tsx'

/** The app's own page, fed by the same data through the same client. */
export function HomePage({ session }: { readonly session: SessionView }) {
  const { data: tables = [], isPending, error } = useTables()
  const deals = tables.find(({ name }) => name === 'Deals')
  const { locale } = session.org
  return (
    <div className="page">
      <p className="eyebrow">{session.org.name}</p>
      <h1>Good to see you, {session.member.split(' ')[0]}</h1>
      <div className="cards" aria-busy={isPending}>
        {tables.map(({ id, name }) => (
          <TableCard key={id} tableId={id} name={name} locale={locale} />
        ))}
      </div>
      {error !== null && <p className="fault">{opsFault(error).message}</p>}
      {error === null && !isPending && tables.length === 0 && (
        <section className="panel">
          <h2>Nothing here yet</h2>
          <p>
            Tables of contacts, companies and deals show up here. <Link href="/tables">Make the first table</Link>, or
            switch to Lighthouse Robotics, which has some.
          </p>
        </section>
      )}
      {deals !== undefined && <Pipeline tableId={deals.id} locale={locale} />}
    </div>
  )
}

interface TableCardProps {
  readonly tableId: string
  readonly name: string
  readonly locale: string
}

function TableCard({ tableId, name, locale }: TableCardProps) {
  const { data, isPending } = useQuery({
    queryKey: ['rows', tableId],
    queryFn: ({ signal }) => opsClient.rows.count.query({ tableId, exact: true }, { signal }),
  })
  return (
    <Link href={`/tables/${tableId}`} className="card" aria-busy={isPending}>
      <span className="card-name">{name}</span>
      <span className="card-figure">{data?.count.toLocaleString(locale) ?? '…'}</span>
      <span className="card-unit">rows</span>
    </Link>
  )
}
