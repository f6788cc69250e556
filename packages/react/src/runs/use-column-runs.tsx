import { Pause, Play, Square } from 'lucide'
import type { OpsRun } from '../data/client/runs-calls.ts'
import type { TableColumn } from '../data/client/tables-calls.ts'
import { useMay } from '../data/use-may.ts'
import { useRun, useRuns } from '../data/use-runs.ts'
import type { ColumnMarks } from '../grid/header-cell.tsx'
import { useOpsContext } from '../provider/ops-context.ts'
import type { Translate } from '../provider/translator.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { columnOf } from './run-column.ts'
import { useRunControls } from './use-run-controls.ts'

const open = ['queued', 'running', 'paused'] as const

/** A run over a column that went to rest by itself. */
export interface PausedRun {
  readonly runId: string
  /** The column's. */
  readonly name: string
  /** A sentence. */
  readonly reason: string
}

export interface ColumnRuns {
  /** How far runs are, for the headers, by column id. */
  readonly marks: Readonly<Record<string, Pick<ColumnMarks, 'progress'>>>
  readonly paused: readonly PausedRun[]
}

/** The runs over a table's columns that are not over. */
export function useColumnRuns(tableId: string, columns: readonly TableColumn[]): ColumnRuns {
  const { translate } = useOpsContext()
  const mayRun = useMay('runs.write')
  const { pause, resume, cancel } = useRunControls()
  const isFilled = columns.some(({ fill }) => fill !== null)
  const runs = useRuns({ tableId, kind: 'column', states: open }, isFilled).items
  // Browsers open few streams to one server: two runs are followed, others are asked for with the list.
  const [first, second] = runs
  const followed = [useRun(first?.id ?? null).data, useRun(second?.id ?? null).data]
  const marks: Record<string, Pick<ColumnMarks, 'progress'>> = {}
  const paused: PausedRun[] = []
  for (const listed of runs) {
    const run = followed.find((each) => each?.id === listed.id) ?? listed
    const column = columns.find(({ id }) => id === columnOf(run))
    if (column === undefined || !open.some((state) => state === run.state) || marks[column.id] !== undefined) continue
    const { name } = column
    if (run.state === 'paused' && run.error !== null) paused.push({ runId: run.id, name, reason: run.error.message })
    const isPaused = run.state === 'paused' || run.requested === 'pause'
    const at = progressText(run, translate)
    marks[column.id] = {
      progress: {
        share: shareOf(run),
        text: isPaused ? translate('run.paused-at', { at }) : at,
        ...(mayRun && {
          actions: (
            <>
              {isPaused ? (
                <IconButton
                  icon={Play}
                  label={translate('run.resume-named', { name })}
                  onClick={() => resume(run.id)}
                />
              ) : (
                <IconButton icon={Pause} label={translate('run.pause-named', { name })} onClick={() => pause(run.id)} />
              )}
              <IconButton
                icon={Square}
                label={translate('run.cancel-named', { name })}
                onClick={() => cancel(run.id)}
              />
            </>
          ),
        }),
      },
    }
  }
  return { marks, paused }
}

function progressText({ progress }: OpsRun, translate: Translate): string {
  const { done, total, counts } = progress
  const failed = counts.failed ?? 0
  return [
    total === null ? translate('run.progress-open', { done }) : translate('run.progress', { done, total }),
    ...(failed > 0 ? [translate('runs.failed', { count: failed })] : []),
  ].join(' · ')
}

function shareOf({ progress: { done, total } }: OpsRun): number {
  return total === null || total === 0 ? 0 : Math.min(1, done / total)
}
