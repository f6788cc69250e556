import { type RefObject, useState } from 'react'
import type { OpsColumnPart, OpsPlugin } from '../data/client/plugins-calls.ts'
import type { TableColumn } from '../data/client/tables-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useColumnMutations } from '../data/use-columns.ts'
import { useTable } from '../data/use-tables.ts'
import { fieldFaults } from '../forms/field-faults.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { type FillDraft, fillInput, startFill } from './fill-draft.ts'
import { FillForm, fillFormPaths } from './fill-form.tsx'
import { FillPreview } from './fill-preview.tsx'
import { isPartChanged, missingInPart } from './part-draft.ts'

/** A plugin's part that a column is to be made from. */
export interface ChosenPart {
  readonly plugin: OpsPlugin
  readonly part: OpsColumnPart
}

export interface AddFillOptions {
  readonly tableId: string
  readonly place: number | undefined
  readonly nameRef: RefObject<HTMLInputElement | null>
  onAdded(column: TableColumn): void
}

interface BegunFill extends ChosenPart {
  readonly start: FillDraft
  readonly draft: FillDraft
}

const begun = (chosen: ChosenPart, start: FillDraft): BegunFill => ({ ...chosen, start, draft: start })

/** The step of adding a column in which a plugin's part is set up. */
export function useAddFill({ tableId, place, nameRef, onAdded }: AddFillOptions) {
  const { translate } = useOpsContext()
  const columns = useTable(tableId).data?.columns ?? []
  const { create } = useColumnMutations(tableId)
  const [chosen, setChosen] = useState<BegunFill | null>(null)

  function choose(next: ChosenPart | null): void {
    create.reset()
    setChosen(next === null ? null : begun(next, startFill(next.part, columns)))
  }

  if (chosen === null) return { choose, step: null }
  const { plugin, part, draft } = chosen
  const isWhole = missingInPart(draft, part, plugin).length === 0
  const fill = isWhole ? fillInput(plugin.id, part, draft) : null
  const faults = fieldFaults(create.error === null ? null : opsFault(create.error), ['column'])
  return {
    choose,
    step: {
      title: translate('fill.new', { part: part.name }),
      description: part.description,
      isUnsaved: isPartChanged(draft, chosen.start),
      canSave: fill !== null && draft.name.trim() !== '',
      isBusy: create.isPending,
      fault: faults.beside(...fillFormPaths),
      save(): void {
        if (fill === null) return
        const column = { name: draft.name.trim(), fill }
        create.mutate({ column, ...(place !== undefined && { place }) }, { onSuccess: onAdded })
      },
      content: (
        <div className="ops-columns-two">
          <div className="ops-column-form">
            <FillForm
              tableId={tableId}
              columns={columns}
              plugin={plugin}
              part={part}
              draft={draft}
              onChange={(next) => setChosen({ ...chosen, draft: next })}
              faults={faults}
              nameRef={nameRef}
            />
            <p className="ops-soft">{translate('fill.next')}</p>
          </div>
          <FillPreview tableId={tableId} part={part} name={draft.name} fill={fill} />
        </div>
      ),
    },
  }
}
