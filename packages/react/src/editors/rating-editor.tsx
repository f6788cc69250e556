import { useLayoutEffect, useRef, useState } from 'react'
import type { CellEditorProps } from './cell-editor.ts'
import { editKey } from './edit-keys.ts'

/** Stars, by number keys, by arrows, or by a click. */
export function RatingEditor(props: CellEditorProps) {
  const { column, value, typed } = props
  const { max = 5 } = column.settings as { readonly max?: number }
  const [rating, setRating] = useState(() => (typed ? Math.min(max, Number(typed) || 0) : Number(value ?? 0)))
  const stars = Array.from({ length: max }, (_, i) => i + 1)
  const slider = useRef<HTMLDivElement>(null)
  const isDone = useRef(false)
  useLayoutEffect(() => slider.current?.focus({ preventScroll: true }), [])
  const commit = (stars: number, after: 'stay' | 'down' | 'up' | 'next' | 'previous') => {
    if (isDone.current) return
    isDone.current = true
    props.commit(stars === 0 ? null : stars, after)
  }
  return (
    <div
      ref={slider}
      className="ops-editor-input ops-editor-rating"
      role="slider"
      tabIndex={-1}
      aria-label={column.name}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={rating}
      onBlur={() => commit(rating, 'stay')}
      onKeyDown={(event) => {
        const key = editKey(event)
        const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key] ?? 0
        if (/^\d$/.test(event.key)) setRating(Math.min(max, Number(event.key)))
        else if (event.key === 'Backspace' || event.key === 'Delete') setRating(0)
        else if (step !== 0) setRating(Math.max(0, Math.min(max, rating + step)))
        else if (key === 'cancel') {
          isDone.current = true
          props.cancel()
        } else if (key !== null) commit(rating, key)
        else return
        event.preventDefault()
        event.stopPropagation()
      }}
    >
      {stars.map((star) => (
        <span
          key={star}
          className={star <= rating ? 'ops-star' : 'ops-star ops-stars-missing'}
          aria-hidden="true"
          onPointerDown={(event) => {
            event.preventDefault()
            commit(star === rating ? 0 : star, 'stay')
          }}
        >
          ★
        </span>
      ))}
    </div>
  )
}
