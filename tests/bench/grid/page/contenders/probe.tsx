import { useEffect, useRef } from 'react'
import type { BenchData } from '../bench-data.ts'
import type { Contender } from '../contender.ts'

// No grids but checks of the probe: a mark that a key moves a known time later, once as an element and once as pixels.
// Both must be measured alike, at that time and up to the two frames that follow it.

const delayMs = 60

function onKeys(show: (place: number) => void): () => void {
  let place = 0
  const onKey = () => {
    setTimeout(() => {
      place += 1
      show(place)
    }, delayMs)
  }
  addEventListener('keydown', onKey)
  return () => removeEventListener('keydown', onKey)
}

function Elements({ data }: { readonly data: BenchData }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(
    () =>
      onKeys((place) => {
        if (box.current !== null) box.current.style.left = `${place * 10}px`
      }),
    [],
  )
  return (
    <div className="probe">
      {data.text(3, 1)}
      <div ref={box} className="probe-mark" style={{ position: 'absolute' }}>
        here
      </div>
    </div>
  )
}

function Pixels() {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => onKeys((place) => canvas.current?.getContext('2d')?.fillRect(place * 10, 0, 10, 10)), [])
  return <canvas ref={canvas} className="probe" width={1_400} height={900} />
}

export const elements: Contender = {
  scroller: '.probe',
  mark: () => document.querySelector<HTMLElement>('.probe-mark')?.style.left ?? '',
  render: (data) => <Elements data={data} />,
}

export const pixels: Contender = { scroller: '.probe', isCanvas: true, render: () => <Pixels /> }
