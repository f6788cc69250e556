import { opsFault } from '../data/ops-fault.ts'
import { Button } from './button.tsx'
import { ErrorState, type ErrorStateProps } from './error-state.tsx'
import { Skeleton } from './skeleton.tsx'
import { useControlTexts } from './use-control-texts.ts'

export interface NotReadProps extends Pick<ErrorStateProps, 'title'> {
  readonly error: Error
  /** In place of what the error says. */
  readonly text?: string
  onRetry(): void
}

/** Stands where something could not be read. Trying again is offered where that may help: what was refused stays so. */
export function NotRead({ title, error, text, onRetry }: NotReadProps) {
  const { message } = opsFault(error)
  return <ErrorState title={title} text={text ?? message} {...(mayHelp(error) && { onRetry })} />
}

export interface UnreadProps extends Omit<NotReadProps, 'title' | 'error' | 'text'> {
  readonly title: string
  /** Why it could not be read; null while it is on its way. */
  readonly error: Error | null
  /** Of the bars that stand in its place meanwhile. */
  readonly lines: number
}

/** Stands where something will, until it is read. */
export function Unread({ title, error, lines, onRetry }: UnreadProps) {
  return error === null ? (
    <Skeleton lines={lines} label={title} />
  ) : (
    <NotRead title={title} error={error} onRetry={onRetry} />
  )
}

/** `NotRead` in a line, over what can be used without it. */
export function NotReadLine({ title, error, onRetry }: Omit<NotReadProps, 'text'>) {
  const translate = useControlTexts()
  return (
    <p className="ops-report" data-kind="error" role="alert">
      <strong>{title}</strong> {translate.said(opsFault(error).message)}{' '}
      {mayHelp(error) ? (
        <Button size="small" onClick={onRetry}>
          {translate('dialog.retry')}
        </Button>
      ) : null}
    </p>
  )
}

function mayHelp(error: Error): boolean {
  const { code, retryable } = opsFault(error)
  return retryable || code === 'INTERNAL'
}
