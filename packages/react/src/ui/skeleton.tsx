export interface SkeletonProps {
  /** @default 1 */
  readonly lines?: number
  /** What is on its way, for screen readers. */
  readonly label: string
}

/** Bars in the place of what is on its way. */
export function Skeleton({ lines = 1, label }: SkeletonProps) {
  return (
    <div className="ops-skeleton" role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars have nothing but their place
        <span key={place} className="ops-skeleton-bar" />
      ))}
    </div>
  )
}
