import type { ImportCheck, ImportPlan } from '../data/client/imports-calls.ts'
import { columnTypeIn, useColumnTypes } from '../provider/column-types.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { useValueWords } from '../provider/value-words.ts'

const counted = ['created', 'updated', 'unchanged', 'skipped', 'duplicates', 'rejected', 'warnings'] as const

export interface CountsProps {
  readonly counts: Readonly<Record<string, number>>
}

/** How many rows came to which end; what is none is left out, but for those that are made. */
export function ImportCounts({ counts }: CountsProps) {
  const { translate, locale } = useOpsContext()
  const numbers = new Intl.NumberFormat(locale)
  return (
    <dl className="ops-counts">
      {counted
        .filter((name) => name === 'created' || (counts[name] ?? 0) > 0)
        .map((name) => (
          <div key={name} className="ops-count" data-kind={name}>
            <dt>{translate(name === 'duplicates' ? 'import.duplicates-count' : `import.${name}`)}</dt>
            <dd>{numbers.format(counts[name] ?? 0)}</dd>
          </div>
        ))}
    </dl>
  )
}

/** What an import would do, with samples of what would not go as it should. */
export function CheckPart({ check, plan }: { readonly check: ImportCheck; readonly plan: ImportPlan }) {
  const { translate } = useOpsContext()
  const words = useValueWords()
  const types = useColumnTypes()
  const { keptTexts, rejectedRows, newOptions } = check
  const added = Object.entries(newOptions)
  // A table that is made for the file has no others.
  const columns = plan.target.kind === 'new' ? [] : plan.columns.flatMap(({ to }) => (to.kind === 'new' ? [to] : []))
  return (
    <>
      <ImportCounts counts={{ ...check, newOptions: 0, keptTexts: 0, rejectedRows: 0 }} />
      {columns.length === 0 ? null : (
        <section className="ops-report" data-kind="good">
          <p>{translate('import.columns-made', { count: columns.length })}</p>
          <ul>
            {columns.map(({ name, type }) => (
              <li key={name}>
                {name} ({words(columnTypeIn(types, type)?.label ?? type)})
              </li>
            ))}
          </ul>
        </section>
      )}
      {keptTexts.length === 0 ? null : (
        <section className="ops-report" data-kind="warning">
          <p>{translate('import.kept')}</p>
          <ul>
            {keptTexts.slice(0, 6).map(({ column, value, reason }) => (
              <li key={`${column} ${value}`}>
                {column}: {translate.said(reason)}
              </li>
            ))}
          </ul>
        </section>
      )}
      {rejectedRows.length === 0 ? null : (
        <section className="ops-report" data-kind="error">
          <p>{translate('import.left-out')}</p>
          <ul>
            {rejectedRows.slice(0, 6).map(({ line, reasons }) => (
              <li key={line}>{translate('import.line', { line, reason: reasons.map(translate.said).join(' ') })}</li>
            ))}
          </ul>
        </section>
      )}
      {added.length === 0 ? null : (
        <section className="ops-report" data-kind="good">
          {added.slice(0, 5).map(([column, names]) => (
            <p key={column}>
              {translate('import.options-added', { column, names: names.slice(0, 8).join(', '), count: names.length })}
            </p>
          ))}
        </section>
      )}
    </>
  )
}
