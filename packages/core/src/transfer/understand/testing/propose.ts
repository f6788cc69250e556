import type { ValueContext } from '../../../values/column-type.ts'
import { testContext } from '../../../values/testing/test-context.ts'
import { inspectSource } from '../../read/inspect-source.ts'
import { openSource } from '../../read/open-source.ts'
import type { Source } from '../../read/source.ts'
import { type PlanTarget, type ProposedPlan, type ProposeOptions, proposePlan } from '../propose-plan.ts'

/** Looks at a CSV text and proposes what to do with it; the source stays open. */
export async function propose(
  csv: string,
  target: PlanTarget = { kind: 'new', name: 'Leads' },
  options: ProposeOptions = {},
  context: ValueContext = testContext,
): Promise<ProposedPlan & { readonly source: Source }> {
  const source = await openSource(Buffer.from(csv))
  return { ...proposePlan(await inspectSource(source), target, context, options), source }
}

/** CSV of columns, each as long as the longest; shorter ones begin again. */
export function csvOf(columns: Readonly<Record<string, readonly string[]>>, delimiter = ','): string {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  const longest = Math.max(...Object.values(columns).map(({ length }) => length))
  const rows = Array.from({ length: longest }, (_, at) =>
    Object.values(columns).map((texts) => quoted(texts[at % texts.length] ?? '')),
  )
  return [Object.keys(columns).map(quoted), ...rows].map((cells) => cells.join(delimiter)).join('\n')
}
