import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide'
import { type ReactNode, type RefObject, useRef } from 'react'
import { firstField } from './first-field.ts'
import { focusedAtOnce } from './focused-at-once.ts'
import { Form } from './form.tsx'
import { Guarded } from './guarded.tsx'
import { Icon } from './icon.tsx'
import { FloatingContent, useFloating } from './layer.tsx'
import { useGuard } from './unsaved.ts'
import { useControlTexts } from './use-control-texts.ts'
import { useKeptFocus } from './use-kept-focus.ts'

/** What every dialog of ours takes. */
export interface DialogState {
  readonly open: boolean
  onOpenChange(open: boolean): void
}

export interface DialogProps extends DialogState {
  readonly title: ReactNode
  /** One sentence under the title. */
  readonly description?: ReactNode
  /** `small` 420, `medium` 560, `large` 880 px wide; on phones all are sheets from below. @default 'medium' */
  readonly size?: 'small' | 'medium' | 'large'
  /** In the middle, or as a drawer at the end side. @default 'center' */
  readonly placement?: 'center' | 'end'
  /** Stands left of the title, such as a way back. */
  readonly before?: ReactNode
  /** Buttons at the bottom, the main one last. */
  readonly footer?: ReactNode
  /** What has the focus at first. @default the first field, without one or on touch screens the window */
  readonly initialFocus?: RefObject<HTMLElement | null>
  /** Whether what had the focus before gets it back at the end: not where something else takes it. @default always */
  readonly givesFocusBack?: () => boolean
  /** Whether something typed would be lost, so that people are asked before it closes. @default false */
  readonly isUnsaved?: boolean
  /** Called by Enter in a field; with it the content is a form. */
  onSubmit?(): void
  readonly children?: ReactNode
}

/**
 * A window over the page that takes the focus and gives it back. Escape and a click beside it close it, once people have
 * agreed where something unsaved is in it: as `isUnsaved` says, or a form by `useUnsaved`.
 */
export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, description, size = 'medium', placement = 'center', before, footer } = props
  const { isUnsaved = false, onSubmit, children } = props
  const translate = useControlTexts()
  const floating = useFloating()
  const popup = useRef<HTMLDivElement>(null)
  const fieldFor = (how: string) => firstField(popup.current, how, '.ops-modal-body')
  const keptFocus = useKeptFocus(popup, fieldFor)
  const guarded = useGuard(open && isUnsaved, () => onOpenChange(false))
  const content = (
    <>
      <div className="ops-modal-body">{children}</div>
      {footer == null ? null : <div className="ops-modal-foot">{footer}</div>}
    </>
  )
  return (
    <Base.Root open={open} onOpenChange={(next) => (next ? onOpenChange(true) : guarded.guard.close())}>
      <Base.Portal {...floating}>
        <Base.Backdrop className="ops-modal-backdrop" />
        <Base.Viewport className="ops-modal-place" data-placement={placement}>
          <Base.Popup
            ref={popup}
            className="ops-modal"
            data-size={size}
            data-placement={placement}
            finalFocus={props.givesFocusBack ?? true}
            initialFocus={(how) => focusedAtOnce(props.initialFocus?.current ?? fieldFor(how))}
            {...keptFocus}
          >
            <FloatingContent>
              <Guarded {...guarded}>
                <div className="ops-modal-head">
                  {before}
                  <div className="ops-modal-titles">
                    <Base.Title className="ops-modal-title">{title}</Base.Title>
                    {description == null ? null : (
                      <Base.Description className="ops-modal-description">{description}</Base.Description>
                    )}
                  </div>
                  <Base.Close className="ops-icon-button" aria-label={translate('dialog.close')}>
                    <Icon icon={X} />
                  </Base.Close>
                </div>
                {onSubmit === undefined ? (
                  content
                ) : (
                  <Form className="ops-modal-form" onSubmit={onSubmit}>
                    {content}
                  </Form>
                )}
              </Guarded>
            </FloatingContent>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
