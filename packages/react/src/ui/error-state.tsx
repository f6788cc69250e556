import { CircleAlert } from 'lucide'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { useControlTexts } from './use-control-texts.ts'

export interface ErrorStateProps {
  readonly title: ReactNode
  /** What happened and what to do. */
  readonly text: ReactNode
  onRetry?(): void
}

/** Where something should stand that could not be read. */
export function ErrorState({ title, text, onRetry }: ErrorStateProps) {
  const translate = useControlTexts()
  return (
    <div className="ops-state" role="alert">
      <span className="ops-state-icon ops-tone-red">
        <Icon icon={CircleAlert} size={20} />
      </span>
      <strong className="ops-state-title">{title}</strong>
      <p className="ops-state-text">{typeof text === 'string' ? translate.said(text) : text}</p>
      {onRetry === undefined ? null : <Button onClick={onRetry}>{translate('dialog.retry')}</Button>}
    </div>
  )
}
