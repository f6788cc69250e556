import type { ReactNode } from 'react'
import type { CellExplanation } from '../data/client/cells-calls.ts'
import type { TableColumn } from '../data/client/tables-calls.ts'
import { costText } from '../fills/cost-text.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { runsTexts } from '../provider/runs-texts.ts'
import type { TextKey } from '../provider/texts.ts'
import type { Translate } from '../provider/translator.ts'
import { TimeText } from '../rows/time-text.tsx'
import { Facts } from './facts.tsx'
import { hintKey } from './hint-key.ts'

export const stateTones: Readonly<Record<string, string>> = {
  queued: 'blue',
  running: 'blue',
  done: 'green',
  failed: 'red',
  skipped: 'gray',
  stale: 'amber',
}

/** A cell's state in words. */
export function stateWord(state: string, translate: Translate): string {
  return known(`cell.state-${state}`) ? translate(`cell.state-${state}` as TextKey) : state
}

function known(key: string): boolean {
  return Object.hasOwn(runsTexts, key)
}

export interface CellOriginProps {
  readonly cell: CellExplanation
  readonly columns: readonly TableColumn[]
  onShowRun(runId: string): void
}

/** Why a cell is as it is, and where its value is from. */
export function CellOrigin({ cell, columns, onShowRun }: CellOriginProps) {
  const { translate, locale } = useOpsContext()
  const {
    state,
    code,
    message,
    provider,
    plugin,
    cost,
    at,
    run,
    confidence,
    cached,
    inputs,
    sameInputs,
    upstream,
    raw,
    requests,
  } = cell
  const nameOf = (key: string) => columns.find((column) => column.key === key)?.name ?? key
  const asked = Object.values(inputs).filter((value) => value !== null && value !== '')
  const facts: (readonly [string, ReactNode])[] = [
    ...(code === null
      ? []
      : [
          [
            translate('cell.code'),
            <code key="code" className="ops-key">
              {code}
            </code>,
          ] as const,
        ]),
    ...(provider === null ? [] : [[translate('cell.provider'), provider] as const]),
    ...(plugin === null ? [] : [[translate('cell.plugin'), plugin] as const]),
    ...(cached
      ? [[translate('cell.cost'), translate('cell.cost-cached')] as const]
      : cost === null
        ? []
        : [[translate('cell.cost'), costText(cost, locale, translate)] as const]),
    ...(confidence === null
      ? []
      : [
          [
            translate('cell.confidence'),
            new Intl.NumberFormat(locale, { style: 'percent' }).format(confidence),
          ] as const,
        ]),
    ...(at === null ? [] : [[translate('cell.when'), <TimeText key="at" at={at} />] as const]),
  ]
  return (
    <>
      {causeOf({ state, code, message }, plugin !== null, translate).map((sentence) => (
        <p key={sentence} className="ops-cell-cause">
          {translate.said(sentence)}
        </p>
      ))}
      {facts.length === 0 ? null : <Facts facts={facts} />}
      {asked.length === 0 ? null : (
        <div className="ops-cell-part">
          <span className="ops-soft">{translate('cell.asked-with')}</span>
          <span>
            {asked.map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value))).join(' · ')}
          </span>
          {plugin !== null && !sameInputs ? <span className="ops-soft">{translate('cell.inputs-changed')}</span> : null}
        </div>
      )}
      {upstream.length === 0 ? null : (
        <div className="ops-cell-part">
          <span className="ops-soft">{translate('cell.made-of')}</span>
          <ul className="ops-cell-chain">
            {upstream.map((each) => (
              <li key={each.column}>
                {nameOf(each.column)}
                <span className="ops-soft">
                  {' '}
                  {[
                    known(`cell.made-by-${each.by}`) ? translate(`cell.made-by-${each.by}` as TextKey) : each.by,
                    ...(each.state === null ? [] : [stateWord(each.state, translate)]),
                  ].join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {requests.length === 0 ? null : (
        <div className="ops-cell-part">
          <span className="ops-soft">{translate('cell.calls')}</span>
          <ol className="ops-cell-chain">
            {requests.map(({ id, method, host, route, status, error: refused, ms, attempt }) => (
              <li key={id}>
                <code className="ops-key">{`${method} ${host}${route}`}</code>
                <span className="ops-soft">
                  {' '}
                  {[
                    status ?? refused,
                    translate('cell.call-ms', { ms: Math.round(ms) }),
                    ...(attempt > 1 ? [translate('cell.attempt', { attempt })] : []),
                  ].join(' · ')}
                </span>
              </li>
            ))}
          </ol>
        </div>
      )}
      {raw === null ? null : (
        <details className="ops-cell-raw">
          <summary>{translate('cell.answer')}</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard */}
          <pre tabIndex={0}>{JSON.stringify(raw, null, 2)}</pre>
        </details>
      )}
      {run === null ? null : (
        <button type="button" className="ops-link" onClick={() => onShowRun(run)}>
          {translate('cell.show-run')}
        </button>
      )}
    </>
  )
}

/** The cause in plain words, and what to do about it. */
function causeOf(
  { state, code, message }: Pick<CellExplanation, 'state' | 'code' | 'message'>,
  wasAsked: boolean,
  translate: Translate,
): readonly string[] {
  if (state === 'stale') return [translate('cell.stale-text')]
  const hint = code === null ? undefined : hintKey(code)
  if (message !== null) return [message, ...(hint === undefined ? [] : [translate(hint)])]
  return wasAsked || state === 'queued' || state === 'running' ? [] : [translate('cell.by-hand')]
}
