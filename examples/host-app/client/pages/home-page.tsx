import { useCallback } from 'react'
import { Link } from 'wouter'
import { opsClient } from '../ops-client.ts'
import type { SessionView } from '../session.ts'
import { useAsked } from '../use-asked.ts'
import type { Tables } from '../use-tables.ts'
import { Pipeline } from './pipeline.tsx'

export interface HomePageProps {
  readonly session: SessionView
  readonly tables: Tables
}

/** The app's own page, fed by the same data through the same client. */
export function HomePage({ session, tables }: HomePageProps) {
  const entries = tables.list.state === 'answered' ? tables.list.answer : []
  const deals = entries.find(({ name }) => name === 'Deals')
  return (
    <div className="page">
      <p className="eyebrow">{session.org.name}</p>
      <h1>Good to see you, {session.member.split(' ')[0]}</h1>
      <div className="cards">
        {entries.map(({ id, name }) => (
          <TableCard key={id} tableId={id} name={name} locale={session.org.locale} />
        ))}
      </div>
      {deals !== undefined && <Pipeline tableId={deals.id} locale={session.org.locale} />}
    </div>
  )
}

interface TableCardProps {
  readonly tableId: string
  readonly name: string
  readonly locale: string
}

function TableCard({ tableId, name, locale }: TableCardProps) {
  const count = useAsked(
    useCallback((signal) => opsClient.rows.count.query({ tableId, exact: true }, { signal }), [tableId]),
  )
  return (
    <Link href={`/tables/${tableId}`} className="card">
      <span className="card-name">{name}</span>
      <span className="card-figure">
        {count.state === 'answered' ? count.answer.count.toLocaleString(locale) : '…'}
      </span>
      <span className="card-unit">rows</span>
    </Link>
  )
}
