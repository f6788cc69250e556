import { FileUp } from 'lucide'
import { type DragEvent, useId, useRef, useState } from 'react'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'

export interface ChooseFileProps {
  readonly fault: string | null
  onChoose(file: File): void
}

const accepted = '.csv,.tsv,.txt,.json,.jsonl,.ndjson,.xlsx'

/** Takes a file: dropped, chosen, or pasted as rows of a spreadsheet. */
export function ChooseFile({ fault, onChoose }: ChooseFileProps) {
  const { translate } = useOpsContext()
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const pasteId = useId()
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file !== undefined) onChoose(file)
  }
  return (
    <>
      {fault === null ? null : (
        <p className="ops-report" data-kind="error" role="alert">
          {translate.said(fault)}
        </p>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside of it does the same */}
      <div
        className="ops-drop"
        data-over={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <span className="ops-state-icon">
          <Icon icon={FileUp} size={20} />
        </span>
        <strong className="ops-state-title">{translate('import.drop')}</strong>
        <p className="ops-state-text">{translate('import.kinds')}</p>
        <Button look="main" onClick={() => input.current?.click()}>
          {translate('import.choose')}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          accept={accepted}
          aria-label={translate('import.choose')}
          onChange={(event) => {
            const file = event.target.files?.[0]
            if (file !== undefined) onChoose(file)
            event.target.value = ''
          }}
        />
      </div>
      <label className="ops-field-label" htmlFor={pasteId}>
        {translate('import.paste')}
      </label>
      <textarea
        id={pasteId}
        className="ops-input"
        rows={2}
        placeholder={translate('import.paste-hint')}
        value=""
        onChange={() => {}}
        onPaste={(event) => {
          event.preventDefault()
          const text = event.clipboardData.getData('text/plain')
          if (text.trim() !== '')
            onChoose(new File([text], translate('import.pasted-name'), { type: 'text/tab-separated-values' }))
        }}
      />
    </>
  )
}
