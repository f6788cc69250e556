import { opsFault } from '../data/ops-fault.ts'
import { ErrorState, type ErrorStateProps } from './error-state.tsx'

export interface NotReadProps extends Pick<ErrorStateProps, 'title'> {
  readonly error: Error
  /** In place of what the error says. */
  readonly text?: string
  onRetry(): void
}

/** Stands where something could not be read. Trying again is offered where that may help: what was refused stays so. */
export function NotRead({ title, error, text, onRetry }: NotReadProps) {
  const { code, message, retryable } = opsFault(error)
  const mayHelp = retryable || code === 'INTERNAL'
  return <ErrorState title={title} text={text ?? message} {...(mayHelp && { onRetry })} />
}
