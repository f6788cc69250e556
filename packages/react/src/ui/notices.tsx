import { Toast } from '@base-ui/react/toast'
import { CircleAlert, CircleCheck, Info, X } from 'lucide'
import { useEffect } from 'react'
import { Icon } from './icon.tsx'
import { useFloating } from './layer.tsx'
import { type UserNotice, useNotices } from './notice-queue.ts'
import { useControlTexts } from './use-control-texts.ts'

const icons = { done: CircleCheck, info: Info, error: CircleAlert } as const

/** Long enough to read it and to reach the button, in milliseconds. */
const shownMs = { done: 6_000, info: 6_000, error: 10_000 } as const

/** Shows what `useNotices` takes. F6 goes to them; they stay while the pointer or the focus is there. */
export function Notices() {
  return (
    <Toast.Provider limit={4}>
      <NoticeList />
    </Toast.Provider>
  )
}

function NoticeList() {
  const { toasts, add, close } = Toast.useToastManager<UserNotice>()
  const queue = useNotices()
  const floating = useFloating()
  const translate = useControlTexts()
  const { said } = translate
  useEffect(
    () =>
      queue.listen((notice) => {
        const { kind, text, detail, action } = notice
        const id = add({
          // What is told again is shown once, for longer.
          id: [kind, text, detail].join(' '),
          title: said(text),
          description: detail,
          data: notice,
          timeout: shownMs[kind],
          priority: kind === 'error' ? 'high' : 'low',
          ...(action && {
            actionProps: {
              children: action.label,
              onClick: () => {
                close(id)
                action.run()
              },
            },
          }),
        })
      }),
    [queue, add, close, said],
  )
  return (
    <Toast.Portal {...floating}>
      <Toast.Viewport className="ops-notices" aria-label={translate('notice.list')}>
        {toasts.map((toast) => (
          <Toast.Root key={toast.id} toast={toast} className="ops-notice" data-kind={toast.data?.kind}>
            <Toast.Content className="ops-notice-content">
              <Icon icon={icons[toast.data?.kind ?? 'info']} />
              <div className="ops-notice-texts">
                <Toast.Title className="ops-notice-title" />
                <Toast.Description className="ops-notice-detail" />
              </div>
              <Toast.Action className="ops-notice-action" />
              <Toast.Close className="ops-icon-button" aria-label={translate('dialog.close')}>
                <Icon icon={X} size={14} />
              </Toast.Close>
            </Toast.Content>
          </Toast.Root>
        ))}
      </Toast.Viewport>
    </Toast.Portal>
  )
}
