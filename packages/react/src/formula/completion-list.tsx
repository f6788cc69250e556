import { autoUpdate, computePosition, flip, offset, shift } from '@floating-ui/dom'
import { useLayoutEffect, useRef } from 'react'
import type { DescribedFunction } from '../data/client/formulas-calls.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import type { CompletionList as Completions } from './completions.ts'

export interface CompletionListProps {
  readonly id: string
  readonly label: string
  readonly list: Completions
  readonly functions: readonly DescribedFunction[]
  /** The element that shows the text, for the place of the begun word. */
  readonly text: HTMLElement | null
  onChoose(place: number): void
  onPoint(place: number): void
}

const gapPx = 4

/** What may stand at the caret, below it, with the words that explain the marked one. */
export function CompletionList(props: CompletionListProps) {
  const { id, label, list, functions, text, onChoose, onPoint } = props
  const { translate } = useOpsContext()
  const box = useRef<HTMLDivElement>(null)
  const active = list.items[list.active]
  const described = active?.kind === 'function' ? functions.find(({ name }) => active.insert === `${name}(`) : undefined

  useLayoutEffect(() => {
    const element = box.current
    if (element === null || text === null) return
    element.showPopover()
    const word = { getBoundingClientRect: () => placeOf(text, list.start), contextElement: text }
    const middleware = [offset(gapPx), flip({ padding: gapPx }), shift({ padding: gapPx })]
    const place = async () => {
      const { x, y } = await computePosition(word, element, {
        strategy: 'fixed',
        placement: 'bottom-start',
        middleware,
      })
      Object.assign(element.style, { left: `${x}px`, top: `${y}px` })
    }
    return autoUpdate(word, element, place)
  }, [text, list.start])

  useLayoutEffect(() => {
    document.getElementById(`${id}-${list.active}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, list.active])

  return (
    <div ref={box} popover="manual" className="ops-popup ops-completions">
      <div id={id} role="listbox" aria-label={label} className="ops-completions-list">
        {list.items.map((item, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and points here
          <div
            key={item.insert}
            id={`${id}-${place}`}
            role="option"
            aria-selected={place === list.active}
            className="ops-completion"
            data-active={place === list.active || undefined}
            onPointerDown={(event) => event.preventDefault()}
            onPointerMove={() => onPoint(place)}
            onClick={() => onChoose(place)}
          >
            <span className={`ops-piece-${item.kind}`}>
              {item.kind === 'function' ? item.insert.slice(0, -1) : item.label}
            </span>
            <span className="ops-completion-detail">{item.kind === 'function' ? '' : `@${item.detail}`}</span>
          </div>
        ))}
      </div>
      {described === undefined ? null : (
        <div className="ops-completions-more">
          {described.signatures.slice(0, 3).map((signature) => (
            <code key={signature}>{signature}</code>
          ))}
          <p>{translate.own(`function.${described.name}`, described.summary)}</p>
        </div>
      )}
    </div>
  )
}

/** Where a character of the text is on the screen. */
function placeOf(text: HTMLElement, offset: number): DOMRect {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT)
  let left = offset
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const { length } = node.textContent ?? ''
    if (left <= length) {
      const range = document.createRange()
      range.setStart(node, left)
      range.setEnd(node, Math.min(length, left + 1))
      return range.getClientRects()[0] ?? text.getBoundingClientRect()
    }
    left -= length
  }
  return text.getBoundingClientRect()
}
