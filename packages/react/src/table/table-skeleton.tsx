import { useOpsContext } from '../provider/ops-context.ts'

/** Widths of the bars, in percent: cells are filled unlike each other. */
const widths = [62, 48, 30, 54, 40] as const
const lineCount = 12

/** A table in outline while its columns are on their way. */
export function TableSkeleton() {
  const { translate } = useOpsContext()
  return (
    <div className="ops-root ops-table" role="status" aria-label={translate('table.loading')} aria-busy="true">
      <div className="ops-outline-bar" />
      <div className="ops-outline-grid" aria-hidden="true">
        {Array.from({ length: lineCount }, (_, line) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have nothing but their place
          <div key={line} className="ops-outline-line">
            {widths.map((width, place) => (
              <span key={width} className="ops-outline-cell">
                <span
                  className="ops-skeleton-bar"
                  style={{ inlineSize: `${widths[(place + line) % widths.length] ?? width}%` }}
                />
              </span>
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}
