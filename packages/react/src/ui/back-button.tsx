import { ArrowLeft } from 'lucide'
import { IconButton } from './icon-button.tsx'
import { useLeave } from './unsaved.ts'
import { useControlTexts } from './use-control-texts.ts'

export interface BackButtonProps {
  onBack(): void
  /** Whether the step before still has what was typed. @default false */
  readonly keepsChanges?: boolean
}

/** Goes to the step before in a dialog; asks first where something would be lost. */
export function BackButton({ onBack, keepsChanges = false }: BackButtonProps) {
  const translate = useControlTexts()
  const leave = useLeave()
  return (
    <IconButton
      icon={ArrowLeft}
      label={translate('dialog.back')}
      onClick={() => (keepsChanges ? onBack() : leave(onBack))}
    />
  )
}
