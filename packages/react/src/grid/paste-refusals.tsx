import type { RefusedCell } from '../grid-state/paste-plan.ts'
import { useOpsContext } from '../provider/ops-context.ts'

/** More are counted, not listed. */
const maxListed = 50

/** Cells of a paste that their columns cannot read, each with its reason. */
export function PasteRefusals({ refused }: { readonly refused: readonly RefusedCell[] }) {
  const { translate } = useOpsContext()
  return (
    <ul className="ops-refused">
      {refused.slice(0, maxListed).map(({ line, column, text, reason }) => (
        <li key={`${line} ${column}`}>
          <span className="ops-refused-cell">
            {column}, {line + 1}
          </span>
          <span className="ops-refused-text">{text.slice(0, 80)}</span>
          <span className="ops-refused-reason">{translate.said(reason)}</span>
        </li>
      ))}
      {refused.length > maxListed ? (
        <li>{translate('paste.refused-more', { count: refused.length - maxListed })}</li>
      ) : null}
    </ul>
  )
}
