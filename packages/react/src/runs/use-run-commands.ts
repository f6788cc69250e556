import { CalendarClock, ListChecks, Play, Plug, Rss, Wallet, Zap } from 'lucide'
import { useDialogs } from '../data/dialog-host.tsx'
import type { Command } from '../data/registries.ts'
import { useMay } from '../data/use-may.ts'
import { usePlugins } from '../data/use-plugins.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import type { TableView } from '../views/use-table-view.ts'

/** What can be run in a table, and where runs are looked at: for the command menu and the button. */
export function useRunCommands({ table, definition }: TableView): readonly Command[] {
  const { translate } = useOpsContext()
  const { has, open } = useDialogs()
  const mayRun = useMay('runs.write')
  const maySpend = useMay('budgets')
  const mayConnect = useMay('connections')
  const hasActions = usePlugins().data?.some(({ actions }) => actions.length > 0) === true
  const group = translate('run.tool')
  const tableId = table.id
  const inView = definition.filter === null ? {} : { filter: definition.filter }
  const runs = table.columns
    .filter(({ fill }) => fill !== null)
    .map(
      ({ id, name }): Command => ({
        id: `run-${id}`,
        group,
        label: translate('run.named', { name }),
        icon: Play,
        run: () => open('run-column', { tableId, columnId: id, ...inView }),
      }),
    )
  return [
    ...(mayRun && has('run-column') ? runs : []),
    ...(mayRun && hasActions && has('action')
      ? [
          {
            id: 'action',
            group,
            label: translate('action.view-menu'),
            icon: Zap,
            run: () => open('action', { tableId, ...inView }),
          },
        ]
      : []),
    ...(has('runs')
      ? [
          { id: 'runs', group, label: translate('runs.title'), icon: ListChecks, run: () => open('runs', { tableId }) },
          ...(maySpend
            ? [
                {
                  id: 'spend',
                  group,
                  label: translate('work.spend'),
                  icon: Wallet,
                  run: () => open('runs', { tableId, page: 'spend' }),
                },
              ]
            : []),
          {
            id: 'schedules',
            group,
            label: translate('work.schedules'),
            icon: CalendarClock,
            run: () => open('runs', { tableId, page: 'schedules' }),
          },
          {
            id: 'feeds',
            group,
            label: translate('work.feeds'),
            icon: Rss,
            run: () => open('runs', { tableId, page: 'feeds' }),
          },
        ]
      : []),
    ...(mayConnect && has('connections')
      ? [
          {
            id: 'connections',
            group,
            label: translate('connect.title'),
            icon: Plug,
            run: () => open('connections', {}),
          },
        ]
      : []),
  ]
}
