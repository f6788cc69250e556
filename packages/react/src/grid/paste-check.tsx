import { AlertDialog } from '@base-ui/react/alert-dialog'
import { useState } from 'react'
import { lateGridTexts } from '../provider/late-grid-texts.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { addTexts } from '../provider/translator.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import type { HeldPaste } from './controller/grid-state.ts'
import { PasteRefusals } from './paste-refusals.tsx'

addTexts(lateGridTexts)

/** Names of more columns are not listed. */
const maxNames = 12

export interface PasteCheckProps {
  readonly paste: HeldPaste
  readonly container: HTMLElement | null
  onClose(): void
}

/** What of a paste does not fit, before anything is written. */
export function PasteCheck({ paste, container, onClose }: PasteCheckProps) {
  const { translate } = useOpsContext()
  const { plan, missing, addColumns } = paste
  const [isNamed, setNamed] = useState(paste.isNamed ?? false)
  const { refused, cells } = plan
  const fits = refused.length > 0 ? translate('paste.go-on', { count: cells }) : translate('paste.fitting')
  return (
    <AlertDialog.Root open onOpenChange={(isOpen) => isOpen || onClose()}>
      <AlertDialog.Portal container={container}>
        <AlertDialog.Backdrop className="ops-backdrop" />
        <AlertDialog.Popup className="ops-dialog">
          <AlertDialog.Title className="ops-dialog-title">
            {missing > 0
              ? translate('paste.missing-title', { count: missing })
              : translate('paste.refused-title', { count: refused.length })}
          </AlertDialog.Title>
          <AlertDialog.Description className="ops-dialog-text">{text()}</AlertDialog.Description>
          {addColumns === null || paste.isNamed === null ? null : (
            <Checkbox label={translate('paste.named')} checked={isNamed} onChange={setNamed} />
          )}
          {missing > 0 && refused.length > 0 ? (
            <p className="ops-dialog-text">{translate('paste.refused-title', { count: refused.length })}:</p>
          ) : null}
          {refused.length === 0 ? null : <PasteRefusals refused={refused} />}
          <div className="ops-dialog-buttons">
            <AlertDialog.Close className="ops-button">{translate('paste.cancel')}</AlertDialog.Close>
            {cells === 0 ? null : (
              <AlertDialog.Close
                className={addColumns === null ? 'ops-button ops-button-main' : 'ops-button'}
                onClick={paste.goOn}
              >
                {fits}
              </AlertDialog.Close>
            )}
            {addColumns === null ? null : (
              <AlertDialog.Close className="ops-button ops-button-main" onClick={() => addColumns(isNamed)}>
                {translate('paste.add-columns', { count: missing })}
              </AlertDialog.Close>
            )}
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )

  function text(): string {
    if (missing === 0) return translate('paste.refused-text', { count: cells })
    if (addColumns === null) return translate('paste.missing-left', { count: cells })
    const names = paste.namesOf(isNamed)
    const listed = names.slice(0, maxNames).join(', ')
    return translate('paste.missing-text', { names: names.length > maxNames ? `${listed} …` : listed })
  }
}
