import type { Measurement } from './measurement.ts'

/** A bound that a figure of a measurement must keep. */
export interface Target {
  /** Name of the measurement. */
  readonly name: string
  readonly figure: 'median' | 'p95' | 'ratio' | 'perSecond'
  readonly max?: number
  readonly min?: number
}

/** The targets of each benchmark, by its name: the shape of targets.json. */
export type Targets = Readonly<Record<string, readonly Target[]>>

/** Says of each missed target what was measured and what was asked. A target that nothing was measured for is missed too. */
export function missedTargets(targets: readonly Target[], measurements: readonly Measurement[]): readonly string[] {
  return targets.flatMap((target) => {
    const value = measurements.find(({ name }) => name === target.name)?.[target.figure]
    const asked = [
      ...(target.min === undefined ? [] : [`at least ${target.min}`]),
      ...(target.max === undefined ? [] : [`at most ${target.max}`]),
    ].join(' and ')
    if (value === undefined) return [`${target.name}: ${target.figure} was not measured, target ${asked}`]
    const isKept = value >= (target.min ?? -Infinity) && value <= (target.max ?? Infinity)
    return isKept ? [] : [`${target.name}: ${target.figure} is ${Number(value.toPrecision(4))}, target ${asked}`]
  })
}
