import { ChevronDown, ChevronUp, Search, X } from 'lucide'
import { useEffect, useRef } from 'react'
import { useOpsContext } from '../provider/ops-context.ts'
import { Icon } from '../ui/icon.tsx'
import { focusGrid } from './focus-grid.ts'
import { useGrid, useGridState } from './use-grid-state.ts'

/** The search in the table. The browser's own finds only what is drawn. */
export function FindBar() {
  const grid = useGrid()
  const { translate } = useOpsContext()
  const found = useGridState((state) => state.found)
  const input = useRef<HTMLInputElement>(null)
  const isOpen = found !== null
  useEffect(() => {
    if (isOpen) input.current?.select()
  }, [isOpen])
  if (found === null) return null
  const close = () => {
    const frame = input.current?.closest('.ops-grid-frame') ?? null
    grid.find.close()
    focusGrid(frame)
  }
  const { matches, at, text, next, isSearching, fault } = found
  const isEmpty = text.trim() !== '' && matches.length === 0 && isSearching !== true && fault === undefined
  const step = (by: 1 | -1) => () => void grid.find.step(by)
  const again = () => {
    input.current?.focus()
    void grid.find.search(text)
  }
  return (
    <search
      className="ops-find"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
        event.preventDefault()
        close()
      }}
    >
      <Icon icon={Search} size={14} />
      <input
        ref={input}
        className="ops-find-input"
        aria-label={translate('find.placeholder')}
        placeholder={translate('find.placeholder')}
        defaultValue={text}
        onChange={(event) => void grid.find.search(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key !== 'Enter' && !isFindNext(event)) return
          event.preventDefault()
          void grid.find.step(event.shiftKey ? -1 : 1)
        }}
      />
      <span className="ops-find-count" role="status">
        {matches.length > 0
          ? translate(next === null ? 'find.count' : 'find.count-more', { at: at + 1, count: matches.length })
          : null}
        {isEmpty ? translate('find.none') : null}
        {isSearching ? translate('find.searching') : null}
      </span>
      <button type="button" className="ops-icon-button" aria-label={translate('find.previous')} onClick={step(-1)}>
        <Icon icon={ChevronUp} size={14} />
      </button>
      <button type="button" className="ops-icon-button" aria-label={translate('find.next')} onClick={step(1)}>
        <Icon icon={ChevronDown} size={14} />
      </button>
      <button type="button" className="ops-icon-button" aria-label={translate('find.close')} onClick={close}>
        <Icon icon={X} size={14} />
      </button>
      {fault === undefined ? null : (
        <p className="ops-find-fault" role="alert">
          {translate('find.failed', { reason: fault })}
          <button type="button" className="ops-link" onClick={again}>
            {translate('dialog.retry')}
          </button>
        </p>
      )}
    </search>
  )
}

/** What finds the next match in the grid does so here too, rather than opening the search of the browser. */
function isFindNext({ key, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>): boolean {
  return key === 'F3' || ((ctrlKey || metaKey) && key.toLowerCase() === 'g')
}
