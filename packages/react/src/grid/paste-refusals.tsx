import { AlertDialog } from '@base-ui/react/alert-dialog'
import type { PastePlan } from '../grid-state/paste-plan.ts'
import { lateGridTexts } from '../provider/late-grid-texts.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { addTexts } from '../provider/translator.ts'

addTexts(lateGridTexts)

/** More are counted, not listed. */
const maxListed = 50

export interface PasteRefusalsProps {
  readonly plan: PastePlan
  readonly container: HTMLElement | null
  onGoOn(): void
  onClose(): void
}

/** What of a paste does not fit, before anything is written. */
export function PasteRefusals({ plan, container, onGoOn, onClose }: PasteRefusalsProps) {
  const { translate } = useOpsContext()
  const { refused, cells } = plan
  return (
    <AlertDialog.Root open onOpenChange={(isOpen) => isOpen || onClose()}>
      <AlertDialog.Portal container={container}>
        <AlertDialog.Backdrop className="ops-backdrop" />
        <AlertDialog.Popup className="ops-dialog">
          <AlertDialog.Title className="ops-dialog-title">
            {translate('paste.refused-title', { count: refused.length })}
          </AlertDialog.Title>
          <AlertDialog.Description className="ops-dialog-text">
            {translate('paste.refused-text', { count: cells })}
          </AlertDialog.Description>
          <ul className="ops-refused">
            {refused.slice(0, maxListed).map(({ line, column, text, reason }) => (
              <li key={`${line} ${column}`}>
                <span className="ops-refused-cell">
                  {column}, {line + 1}
                </span>
                <span className="ops-refused-text">{text.slice(0, 80)}</span>
                <span className="ops-refused-reason">{translate.said(reason)}</span>
              </li>
            ))}
            {refused.length > maxListed ? (
              <li>{translate('paste.refused-more', { count: refused.length - maxListed })}</li>
            ) : null}
          </ul>
          <div className="ops-dialog-buttons">
            <AlertDialog.Close className="ops-button">{translate('paste.cancel')}</AlertDialog.Close>
            {cells === 0 ? null : (
              <AlertDialog.Close className="ops-button ops-button-main" onClick={onGoOn}>
                {translate('paste.go-on', { count: cells })}
              </AlertDialog.Close>
            )}
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
