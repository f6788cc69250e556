import type { Measurement } from './measurement.ts'

/** A bound that a figure of a measurement must keep. */
export interface Target {
  /** Name of the measurement. */
  readonly name: string
  readonly figure: 'median' | 'p95' | 'max' | 'ratio' | 'perSecond'
  readonly max?: number
  readonly min?: number
  /** At most `times` the limit of the same run, and `plus` on top, in the measurement's unit. */
  readonly overLimit?: { readonly times: number; readonly plus: number }
}

/** The targets of each benchmark, by its name: the shape of targets.json. */
export type Targets = Readonly<Record<string, readonly Target[]>>

/** Says of each missed target what was measured and what was asked. A target that nothing was measured for is missed too. */
export function missedTargets(targets: readonly Target[], measurements: readonly Measurement[]): readonly string[] {
  return targets.flatMap((target) => {
    const measured = measurements.find(({ name }) => name === target.name)
    const value = measured?.[target.figure]
    const max = boundOf(target, measured)
    const asked = [
      ...(target.min === undefined ? [] : [`at least ${target.min}`]),
      ...(max === undefined ? [] : [`at most ${short(max)}`]),
    ].join(' and ')
    if (value === undefined) return [`${target.name}: ${target.figure} was not measured, target ${asked}`]
    const isKept = value >= (target.min ?? -Infinity) && value <= (max ?? Infinity)
    return isKept ? [] : [`${target.name}: ${target.figure} is ${short(value)}, target ${asked}`]
  })
}

function boundOf({ max, overLimit }: Target, measured: Measurement | undefined): number | undefined {
  if (overLimit === undefined || measured?.limit === undefined) return max
  return Math.min(max ?? Infinity, measured.limit * overLimit.times + overLimit.plus)
}

function short(value: number): number {
  return Number(value.toPrecision(4))
}
