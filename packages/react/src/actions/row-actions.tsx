import { Zap } from 'lucide'
import { useDialogs } from '../data/dialog-host.tsx'
import { useMay } from '../data/use-may.ts'
import { usePlugins } from '../data/use-plugins.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { IconButton } from '../ui/icon-button.tsx'

export interface RowActionsProps {
  readonly tableId: string
  readonly rowId: string
}

/** The button of a row from which plugins do something for it; nothing where no plugin can. */
export function RowActions({ tableId, rowId }: RowActionsProps) {
  const { translate } = useOpsContext()
  const { has, open } = useDialogs()
  const mayRun = useMay('runs.write')
  const hasActions = usePlugins().data?.some(({ actions }) => actions.length > 0) === true
  if (!mayRun || !hasActions || !has('action')) return null
  return (
    <IconButton icon={Zap} label={translate('action.row')} onClick={() => open('action', { tableId, rows: [rowId] })} />
  )
}
