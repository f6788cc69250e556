import { Trash2 } from 'lucide'
import { useRef, useState } from 'react'
import type { OpsBudget } from '../data/client/budgets-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useBudgetMutations } from '../data/use-budgets.ts'
import { usePlugins } from '../data/use-plugins.ts'
import { costText, isMoney, unitText } from '../fills/cost-text.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { Form } from '../ui/form.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { useNotices } from '../ui/notice-queue.ts'
import { NumberField } from '../ui/number-field.tsx'
import { ProgressLine } from '../ui/progress-line.tsx'
import { Select } from '../ui/select.tsx'
import { useUnsaved } from '../ui/unsaved.ts'
import { useHeldFocus } from '../ui/use-held-focus.ts'

/** The budgets with what is gone of them, and setting one. */
export function BudgetList({ budgets }: { readonly budgets: readonly OpsBudget[] }) {
  const { translate } = useOpsContext()
  const plugins = usePlugins().data ?? []
  const notices = useNotices()
  const { set } = useBudgetMutations()
  const section = useRef<HTMLElement>(null)
  const heldFocus = useHeldFocus(section, '.ops-budget-form [role="combobox"]')
  const remove = ({ unit, plugin }: OpsBudget) =>
    set.mutate(
      { unit, plugin, perMonth: null },
      { onError: (error) => notices.show({ kind: 'error', text: opsFault(error).message }) },
    )
  return (
    <section ref={section} className="ops-section" aria-label={translate('spend.budgets')} {...heldFocus}>
      <h2 className="ops-field-label">{translate('spend.budgets')}</h2>
      {budgets.length === 0 ? (
        <p className="ops-soft">{translate('spend.no-budgets')}</p>
      ) : (
        <ul className="ops-connections">
          {budgets.map((budget) => (
            <BudgetLine
              key={`${budget.unit} ${budget.plugin}`}
              budget={budget}
              name={
                budget.plugin === null
                  ? translate('spend.all-plugins')
                  : (plugins.find(({ id }) => id === budget.plugin)?.name ?? budget.plugin)
              }
              onRemove={() => remove(budget)}
            />
          ))}
        </ul>
      )}
      <NewBudget />
    </section>
  )
}

interface BudgetLineProps {
  readonly budget: OpsBudget
  readonly name: string
  onRemove(): void
}

function BudgetLine({ budget, name, onRemove }: BudgetLineProps) {
  const { translate, locale } = useOpsContext()
  const { unit, spent, reserved, perMonth } = budget
  const text = (amount: number) => costText({ unit, amount }, locale, translate)
  // Of what is no money the unit is said once.
  const spentText = isMoney(unit) ? text(spent) : new Intl.NumberFormat(locale).format(spent)
  const gone = spent + reserved
  return (
    <li className="ops-connection">
      <div className="ops-connection-names">
        <strong>{name}</strong>
        <ProgressLine
          share={perMonth === 0 ? 1 : Math.min(1, gone / perMonth)}
          label={name}
          text={[
            translate('spend.of', { spent: spentText, budget: text(perMonth) }),
            ...(reserved > 0 ? [translate('spend.reserved', { amount: text(reserved) })] : []),
          ].join(' · ')}
          {...(gone >= perMonth && { tone: 'red' })}
        />
      </div>
      <IconButton icon={Trash2} label={translate('spend.remove')} onClick={onRemove} />
    </li>
  )
}

function NewBudget() {
  const { translate } = useOpsContext()
  const plugins = usePlugins().data ?? []
  const { set } = useBudgetMutations()
  const units = [
    ...new Set(
      plugins.flatMap(({ columnTypes, sources, actions }) =>
        [...columnTypes, ...sources, ...actions].flatMap(({ costUnit }) => costUnit ?? []),
      ),
    ),
  ]
  const [unit, setUnit] = useState<string | null>(null)
  const [plugin, setPlugin] = useState('every')
  const [perMonth, setPerMonth] = useState<number | null>(null)
  const [saved, setSaved] = useState<number | null>(null)
  useUnsaved(perMonth !== saved)
  const chosen = unit ?? units[0] ?? null
  if (chosen === null) return <p className="ops-soft">{translate('spend.no-units')}</p>
  return (
    <Form
      className="ops-budget-form"
      aria-label={translate('spend.set')}
      onSubmit={() => {
        if (perMonth === null) return
        const input = { unit: chosen, plugin: plugin === 'every' ? null : plugin, perMonth }
        set.mutate(input, { onSuccess: () => setSaved(perMonth) })
      }}
    >
      <Select
        label={translate('spend.plugin')}
        value={plugin}
        onChange={setPlugin}
        choices={[
          { value: 'every', label: translate('spend.all-plugins') },
          ...plugins.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      {units.length > 1 ? (
        <Select
          label={translate('spend.unit')}
          value={chosen}
          onChange={setUnit}
          choices={units.map((value) => ({ value, label: unitText(value, translate) }))}
        />
      ) : null}
      <NumberField
        label={translate('spend.per-month', { unit: unitText(chosen, translate) })}
        value={perMonth}
        onChange={setPerMonth}
        min={0}
        error={set.error === null ? undefined : opsFault(set.error).message}
      />
      <Button type="submit" isBusy={set.isPending} disabled={perMonth === null}>
        {translate('spend.save')}
      </Button>
    </Form>
  )
}
