import type { CellsEstimate, Cost } from '../data/client/cells-calls.ts'
import { useBudgets } from '../data/use-budgets.ts'
import { costText } from '../fills/cost-text.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Facts } from './facts.tsx'

export interface EstimateFiguresProps {
  readonly estimate: CellsEstimate
  /** Id of the plugin that is asked. */
  readonly plugin: string
}

/** What a run would ask for and cost, and what the budgets leave. */
export function EstimateFigures({ estimate, plugin }: EstimateFiguresProps) {
  const { translate, locale } = useOpsContext()
  const { rows, cached, skipped, asked, cost, exact } = estimate
  if (rows === 0) return <p className="ops-soft">{translate('run.none-which')}</p>
  const number = new Intl.NumberFormat(locale)
  const isFree = cost === null || cost.amount === 0
  const amount = isFree
    ? translate('run.cost-free')
    : translate('run.cost-most', { cost: costText(cost, locale, translate) })
  return (
    <>
      <Facts
        facts={[
          [translate('run.cells'), number.format(rows)],
          ...(cached > 0 ? [[translate('run.known'), number.format(cached)] as const] : []),
          ...(skipped > 0 ? [[translate('run.skipped'), number.format(skipped)] as const] : []),
          [translate('run.asked'), number.format(asked)],
          [translate('run.cost'), amount],
        ]}
      />
      {exact ? null : <p className="ops-soft">{translate('run.sampled')}</p>}
      {cost === null ? null : <BudgetLeft cost={cost} plugin={plugin} />}
    </>
  )
}

/** What is left of the budgets that a cost counts in; nothing for those who may not see them. */
export function BudgetLeft({ cost, plugin }: { readonly cost: Cost; readonly plugin: string }) {
  const { translate, locale } = useOpsContext()
  const { unit } = cost
  const budgets = (useBudgets().data ?? []).filter(
    (budget) => budget.unit === unit && (budget.plugin === null || budget.plugin === plugin),
  )
  if (budgets.length === 0) return null
  const leftOf = (budget: (typeof budgets)[number]) => Math.max(0, budget.perMonth - budget.spent - budget.reserved)
  const text = (amount: number) => costText({ unit, amount }, locale, translate)
  const isOver = budgets.some((budget) => leftOf(budget) < cost.amount)
  return (
    <div className={isOver ? 'ops-report' : 'ops-section'} data-kind={isOver ? 'warning' : undefined}>
      {budgets.map((budget) => (
        <p key={budget.plugin ?? ''} className={isOver ? undefined : 'ops-soft'}>
          {translate('run.budget-left', { left: text(leftOf(budget)), budget: text(budget.perMonth) })}
        </p>
      ))}
      {isOver ? <p>{translate('run.over-budget')}</p> : null}
    </div>
  )
}
