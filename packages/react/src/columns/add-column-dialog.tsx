import { useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { TableColumn } from '../data/client/tables-calls.ts'
import { useData } from '../data/data-context.ts'
import { useDialogs } from '../data/dialog-host.tsx'
import { opsFault } from '../data/ops-fault.ts'
import { useColumnMutations } from '../data/use-columns.ts'
import { usePlugins } from '../data/use-plugins.ts'
import { useAddFill } from '../fills/use-add-fill.tsx'
import { fieldFaults } from '../forms/field-faults.ts'
import { columnTypeIn, useColumnTypes } from '../provider/column-types.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { useValueWords } from '../provider/value-words.ts'
import { BackButton } from '../ui/back-button.tsx'
import { Button } from '../ui/button.tsx'
import { CancelButton } from '../ui/cancel-button.tsx'
import { Dialog, type DialogState } from '../ui/dialog.tsx'
import { NotReadLine } from '../ui/not-read.tsx'
import { useNotices } from '../ui/notice-queue.ts'
import { type ColumnDraft, columnInput, formulaDraft, isBegun, plainDraft } from './column-draft.ts'
import { ColumnForm, columnFormPaths } from './column-form.tsx'
import { ColumnPreview } from './column-preview.tsx'
import { ServerFault } from './default-section.tsx'
import { type PaletteItem, paletteItems } from './palette.ts'
import { PaletteList } from './palette-list.tsx'

export interface AddColumnDialogProps extends DialogState {
  readonly tableId: string
  /** Its place among the columns, from 0. @default the end */
  readonly place?: number
  onDone?(column: TableColumn): void
}

/** Makes a column: first from what, then how. */
export default function AddColumnDialog({ tableId, place, open, onOpenChange, onDone }: AddColumnDialogProps) {
  const { translate } = useOpsContext()
  const words = useValueWords()
  const types = useColumnTypes()
  const { registries } = useData()
  const dialogs = useDialogs()
  const notices = useNotices()
  const { create } = useColumnMutations(tableId)
  const plugins = usePlugins()
  const [draft, setDraft] = useState<ColumnDraft | null>(null)
  const name = useRef<HTMLInputElement>(null)
  const fill = useAddFill({
    tableId,
    place,
    nameRef: name,
    onAdded(column) {
      onDone?.(column)
      onOpenChange(false)
      // What a first run would cost is said before anything is asked for.
      if (dialogs.has('run-column')) dialogs.open('run-column', { tableId, columnId: column.id })
    },
  })
  const items = useMemo(
    () =>
      paletteItems({
        formulaLabel: translate('palette.formula'),
        formulaDescription: translate('palette.formula-description'),
        words,
        types,
        entries: registries.palette ?? [],
        plugins: plugins.data ?? [],
      }),
    [translate, words, types, registries, plugins.data],
  )
  const faults = fieldFaults(create.error === null ? null : opsFault(create.error), ['column'])

  function choose({ target }: PaletteItem): void {
    create.reset()
    if (target.kind === 'dialog') {
      onOpenChange(false)
      dialogs.open(target.dialog, { tableId })
      return
    }
    // The field must have the focus before the dialog misses the one that is gone.
    flushSync(() => {
      if (target.kind === 'part') fill.choose(target)
      else setDraft(target.kind === 'formula' ? formulaDraft() : plainDraft(target.type, types))
    })
    name.current?.focus()
  }

  function save(chosen: ColumnDraft): void {
    create.mutate(
      { column: columnInput(chosen), ...(place !== undefined && { place }) },
      {
        onSuccess(column) {
          notices.show({ kind: 'done', text: translate('column.added', { name: column.name }) })
          onDone?.(column)
          onOpenChange(false)
        },
      },
    )
  }

  if (fill.step !== null) {
    const { title, description, isUnsaved, canSave, isBusy, fault, save: add, content } = fill.step
    return (
      <Dialog
        open={open}
        onOpenChange={onOpenChange}
        size="large"
        title={title}
        description={description}
        before={<BackButton onBack={() => fill.choose(null)} />}
        initialFocus={name}
        isUnsaved={isUnsaved}
        onSubmit={() => canSave && add()}
        footer={
          <>
            <ServerFault text={fault} />
            <CancelButton />
            <Button look="main" type="submit" isBusy={isBusy} disabled={!canSave}>
              {translate('fill.add')}
            </Button>
          </>
        }
      >
        {content}
      </Dialog>
    )
  }
  if (draft === null) {
    return (
      <Dialog open={open} onOpenChange={onOpenChange} title={translate('palette.title')}>
        {plugins.error === null || plugins.data !== undefined ? null : (
          <NotReadLine
            title={translate('palette.plugins')}
            error={plugins.error}
            onRetry={() => void plugins.refetch()}
          />
        )}
        <PaletteList items={items} onChoose={choose} />
      </Dialog>
    )
  }
  const isFormula = draft.formula !== null
  const type = columnTypeIn(types, draft.type)
  const what = isFormula ? translate('palette.formula') : words(type?.label ?? draft.type)
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="large"
      title={translate('column.new', { type: what })}
      description={isFormula ? translate('palette.formula-description') : words(type?.description ?? '')}
      before={<BackButton onBack={() => setDraft(null)} />}
      initialFocus={name}
      isUnsaved={isBegun(draft, types)}
      onSubmit={() => save(draft)}
      footer={
        <>
          <ServerFault text={faults.beside(...columnFormPaths)} />
          <CancelButton />
          <Button look="main" type="submit" isBusy={create.isPending} disabled={draft.name.trim() === ''}>
            {translate('column.add')}
          </Button>
        </>
      }
    >
      <div className="ops-columns-two">
        <div className="ops-column-form">
          <ColumnForm tableId={tableId} draft={draft} onChange={setDraft} faults={faults} nameRef={name} />
        </div>
        {isFormula ? null : <ColumnPreview tableId={tableId} draft={draft} />}
      </div>
    </Dialog>
  )
}
