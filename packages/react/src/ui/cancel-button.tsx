import { useContext } from 'react'
import { Button } from './button.tsx'
import { GuardContext } from './unsaved.ts'
import { useControlTexts } from './use-control-texts.ts'

/** Closes the dialog or the form in place that it stands in; asks first where something would be lost. */
export function CancelButton() {
  const translate = useControlTexts()
  const guard = useContext(GuardContext)
  return <Button onClick={() => guard?.close()}>{translate('dialog.cancel')}</Button>
}
