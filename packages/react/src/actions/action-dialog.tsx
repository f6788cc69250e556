import { Zap } from 'lucide'
import { useState } from 'react'
import type { OpsActionPart, OpsPlugin } from '../data/client/plugins-calls.ts'
import type { Filter } from '../data/client/views-calls.ts'
import { usePlugins } from '../data/use-plugins.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { BackButton } from '../ui/back-button.tsx'
import { Dialog, type DialogState } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Unread } from '../ui/not-read.tsx'
import { ActionForm } from './action-form.tsx'
import { ActionProgress } from './action-progress.tsx'

export interface ActionDialogProps extends DialogState {
  readonly tableId: string
  /** Only these rows. @default those of `filter` */
  readonly rows?: readonly string[]
  /** What the rows satisfy. @default every row */
  readonly filter?: Filter
}

interface ChosenAction {
  readonly plugin: OpsPlugin
  readonly part: OpsActionPart
}

/** Does something for rows in the outside world: chooses what, says for how many rows and at what cost, and follows it. */
export default function ActionDialog({ tableId, rows, filter, open, onOpenChange }: ActionDialogProps) {
  const { translate } = useOpsContext()
  const plugins = usePlugins()
  const [chosen, setChosen] = useState<ChosenAction | null>(null)
  const [runId, setRunId] = useState<string | null>(null)
  const all = (plugins.data ?? []).flatMap((plugin): readonly ChosenAction[] =>
    plugin.actions.map((part) => ({ plugin, part })),
  )
  const close = () => onOpenChange(false)
  const frame = (title: string, content: React.ReactNode, description?: string) => (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      description={description}
      before={chosen === null || runId !== null ? null : <BackButton onBack={() => setChosen(null)} />}
    >
      {content}
    </Dialog>
  )
  if (plugins.data === undefined) {
    const { error, refetch } = plugins
    return frame(
      translate('action.title'),
      <Unread title={translate('action.choose')} lines={3} error={error} onRetry={() => void refetch()} />,
    )
  }
  if (all.length === 0)
    return frame(translate('action.title'), <EmptyState icon={Zap} title={translate('action.none')} />)
  if (chosen === null) {
    return frame(
      translate('action.title'),
      <div className="ops-ways">
        {all.map((action) => (
          <button
            key={`${action.plugin.id}.${action.part.id}`}
            type="button"
            className="ops-way"
            onClick={() => setChosen(action)}
          >
            <span>{action.part.name}</span>
            <span className="ops-soft">{`${action.plugin.name} · ${action.part.description}`}</span>
          </button>
        ))}
      </div>,
    )
  }
  const { plugin, part } = chosen
  if (runId !== null)
    return frame(part.name, <ActionProgress tableId={tableId} runId={runId} onRetried={setRunId} onClose={close} />)
  const named = rows === undefined ? { filter: filter ?? null } : { ids: rows }
  return frame(
    part.name,
    <ActionForm
      key={`${plugin.id}.${part.id}`}
      tableId={tableId}
      plugin={plugin}
      part={part}
      rows={named}
      onStarted={setRunId}
    />,
    part.description,
  )
}
