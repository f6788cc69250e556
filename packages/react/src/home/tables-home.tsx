import { Archive, Plus, Table2 } from 'lucide'
import { useState } from 'react'
import { useDialogs } from '../data/dialog-host.tsx'
import { useMay } from '../data/use-may.ts'
import { useTables } from '../data/use-tables.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { TextField } from '../ui/text-field.tsx'
import { DeletedTables } from './deleted-tables.tsx'
import { TableLine } from './table-line.tsx'

export interface TablesHomeProps {
  /** The user chose a table. */
  onOpen(tableId: string): void
}

/** The tables of the org, with what can be done to them as wholes. */
export function TablesHome({ onOpen }: TablesHomeProps) {
  const { translate, locale } = useOpsContext()
  const dialogs = useDialogs()
  const mayDefine = useMay('definitions.write')
  const tables = useTables()
  const [search, setSearch] = useState('')
  const [showsDeleted, setShowsDeleted] = useState(false)
  const wanted = search.trim().toLocaleLowerCase(locale)
  const found = (tables.data ?? []).filter(({ name }) => name.toLocaleLowerCase(locale).includes(wanted))
  const make =
    mayDefine && dialogs.has('new-table') ? (
      <Button
        look="main"
        icon={Plus}
        onClick={() => dialogs.open('new-table', { onDone: ({ id }: { readonly id: string }) => onOpen(id) })}
      >
        {translate('home.new')}
      </Button>
    ) : null
  return (
    <div className="ops-root ops-home">
      <header className="ops-home-head">
        <h1 className="ops-home-title">{translate('home.title')}</h1>
        <TextField
          kind="search"
          label={translate('home.search')}
          isLabelHidden
          placeholder={translate('home.search')}
          value={search}
          onChange={setSearch}
        />
        {mayDefine ? (
          <Button look="quiet" icon={Archive} onClick={() => setShowsDeleted(true)}>
            {translate('home.deleted-tables')}
          </Button>
        ) : null}
        {make}
      </header>
      {tables.isLoading ? (
        <div className="ops-home-loading">
          <Skeleton lines={6} label={translate('table.loading')} />
        </div>
      ) : null}
      {tables.error === null ? null : (
        <NotRead title={translate('home.title')} error={tables.error} onRetry={() => void tables.refetch()} />
      )}
      {tables.data?.length === 0 ? (
        <EmptyState
          icon={Table2}
          title={translate('home.none')}
          action={make}
          {...(mayDefine && { text: translate('home.none-text') })}
        />
      ) : null}
      <ul className="ops-home-list">
        {found.map((table) => (
          <TableLine key={table.id} table={table} onOpen={() => onOpen(table.id)} />
        ))}
      </ul>
      {showsDeleted ? <DeletedTables onClose={() => setShowsDeleted(false)} /> : null}
    </div>
  )
}
