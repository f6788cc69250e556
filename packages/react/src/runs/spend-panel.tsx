import { Wallet } from 'lucide'
import { useState } from 'react'
import { opsFault } from '../data/ops-fault.ts'
import { useBudgets, useSpend } from '../data/use-budgets.ts'
import { useMay } from '../data/use-may.ts'
import { usePlugins } from '../data/use-plugins.ts'
import { useTables } from '../data/use-tables.ts'
import { costText } from '../fills/cost-text.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { Select } from '../ui/select.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { BudgetList } from './budget-list.tsx'
import { latestMonths, spendGroups } from './spend-groups.ts'

/** What may be spent in a month, what is gone of it, and what it went to. */
export function SpendPanel() {
  const { translate } = useOpsContext()
  const maySee = useMay('budgets')
  const budgets = useBudgets()
  if (!maySee) return <EmptyState icon={Wallet} title={translate('spend.not-allowed')} />
  if (budgets.error !== null) {
    return <NotRead title={translate('spend.budgets')} error={budgets.error} onRetry={() => void budgets.refetch()} />
  }
  return (
    <div className="ops-work">
      {budgets.data === undefined ? (
        <Skeleton lines={3} label={translate('spend.budgets')} />
      ) : (
        <BudgetList budgets={budgets.data} />
      )}
      <SpendLines />
    </div>
  )
}

function SpendLines() {
  const { translate, locale, timeZone } = useOpsContext()
  const months = latestMonths(new Date(), timeZone)
  const [month, setMonth] = useState(months[0] ?? '')
  const spend = useSpend(month === months[0] ? null : month)
  const tables = useTables().data ?? []
  const plugins = usePlugins().data ?? []
  const monthName = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  const groups = spendGroups(spend.data?.items ?? [])
  return (
    <section className="ops-section" aria-label={translate('spend.lines')}>
      <div className="ops-work-filters">
        <h2 className="ops-field-label">{translate('spend.lines')}</h2>
        <Select
          label={translate('spend.month')}
          isLabelHidden
          size="small"
          value={month}
          onChange={setMonth}
          choices={months.map((value) => ({ value, label: monthName.format(new Date(`${value}-01T00:00:00Z`)) }))}
        />
      </div>
      {spend.error !== null ? (
        <p className="ops-field-error">{translate.said(opsFault(spend.error).message)}</p>
      ) : spend.data === undefined ? (
        <Skeleton lines={3} label={translate('spend.lines')} />
      ) : groups.length === 0 ? (
        <p className="ops-soft">{translate('spend.none')}</p>
      ) : (
        <ul className="ops-connections">
          {groups.map(({ key, plugin, unit, tableId, columnId, spent, items }) => {
            const table = tables.find(({ id }) => id === tableId)
            const column = table?.columns.find(({ id }) => id === columnId)?.name
            return (
              <li key={key} className="ops-connection">
                <div className="ops-connection-names">
                  <strong>{[column ?? translate('spend.no-column'), table?.name ?? tableId].join(' · ')}</strong>
                  <span className="ops-soft">
                    {plugins.find(({ id }) => id === plugin)?.name ?? plugin} ·{' '}
                    {translate('spend.items', { count: items })}
                  </span>
                </div>
                <span className="ops-figure">{costText({ unit, amount: spent }, locale, translate)}</span>
              </li>
            )
          })}
        </ul>
      )}
      {spend.data?.isWhole === false ? (
        <p className="ops-soft">{translate('spend.cut', { count: spend.data.items.length })}</p>
      ) : null}
    </section>
  )
}
