import { Copy, Ellipsis, Pencil, Table2, Trash2 } from 'lucide'
import { useState } from 'react'
import type { OpsTableInfo } from '../data/client/tables-calls.ts'
import { useOpsClient } from '../data/data-context.ts'
import { opsFault } from '../data/ops-fault.ts'
import { queryKeys } from '../data/query-keys.ts'
import { useMay } from '../data/use-may.ts'
import { useOpsQuery } from '../data/use-ops-query.ts'
import { useTableMutations } from '../data/use-tables.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { relativeTime } from '../rows/time-text.tsx'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu } from '../ui/menu.tsx'
import { useNotices } from '../ui/notice-queue.ts'
import { NameDialog } from '../views/name-dialog.tsx'

export interface TableLineProps {
  readonly table: OpsTableInfo
  onOpen(): void
}

/** One table in the list: its name, how much it holds, and what can be done to it. */
export function TableLine({ table, onOpen }: TableLineProps) {
  const { translate, locale } = useOpsContext()
  const client = useOpsClient()
  const notices = useNotices()
  const mayDefine = useMay('definitions.write')
  const mutations = useTableMutations()
  const [isNamed, setNamed] = useState(false)
  const { id: tableId, name } = table
  const count = useOpsQuery({
    queryKey: queryKeys.rows(tableId, 'total'),
    queryFn: ({ signal }) => client.rows.count.query({ tableId, exact: true }, { signal }),
  })
  const attempt = (work: Promise<unknown>) =>
    work.catch((error: unknown) => notices.show({ kind: 'error', text: opsFault(error).message }))
  const remove = async () => {
    await mutations.delete.mutateAsync({ tableId })
    notices.show({
      kind: 'done',
      text: translate('home.deleted', { name }),
      action: { label: translate('tool.undo'), run: () => void attempt(mutations.restore.mutateAsync({ tableId })) },
    })
  }
  const rows = count.data?.count
  return (
    <li className="ops-home-line">
      <button type="button" className="ops-home-open" onClick={onOpen}>
        <Icon icon={Table2} />
        <span className="ops-home-name">{name}</span>
        <span className="ops-home-fact">{rows === undefined ? '' : translate('table.rows', { count: rows })}</span>
        <span className="ops-home-fact">{translate('home.columns', { count: table.columns.length })}</span>
        <span className="ops-home-fact ops-home-when">
          {translate('home.made', { when: relativeTime(table.createdAt, locale) })}
        </span>
      </button>
      {mayDefine ? (
        <Menu
          label={translate('home.menu', { name })}
          align="end"
          trigger={<IconButton icon={Ellipsis} label={translate('home.menu', { name })} />}
          sections={[
            [
              { id: 'rename', label: translate('home.rename'), icon: Pencil, run: () => setNamed(true) },
              {
                id: 'duplicate',
                label: translate('home.duplicate'),
                icon: Copy,
                run: () => void attempt(mutations.duplicate.mutateAsync({ tableId })),
              },
            ],
            [
              {
                id: 'delete',
                label: translate('home.delete'),
                icon: Trash2,
                isDangerous: true,
                run: () => void attempt(remove()),
              },
            ],
          ]}
        />
      ) : null}
      {isNamed ? (
        <NameDialog
          open
          onOpenChange={setNamed}
          title={translate('home.rename')}
          confirmLabel={translate('home.rename')}
          name={name}
          onConfirm={async (next) => {
            await mutations.update.mutateAsync({ tableId, changes: { name: next } })
          }}
        />
      ) : null}
    </li>
  )
}
