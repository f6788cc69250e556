import { opsFault } from '@opslayer/react'
import { useQuery } from '@tanstack/react-query'
import { opsClient } from '../ops-client.ts'

export interface PipelineProps {
  readonly tableId: string
  readonly locale: string
}

/** Money in each stage of the open deals. */
export function Pipeline({ tableId, locale }: PipelineProps) {
  const {
    data: stages = [],
    error,
    isPending,
  } = useQuery({
    queryKey: ['pipeline', tableId],
    queryFn: ({ signal }) => readStages(tableId, signal),
  })
  if (error !== null) return <p className="fault">{opsFault(error).message}</p>
  const most = Math.max(1, ...stages.map(({ amount }) => amount))
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD', maximumFractionDigits: 0 })
  return (
    <section className="panel" aria-busy={isPending}>
      <h2>Open pipeline</h2>
      <table className="bars">
        <tbody>
          {stages.map(({ name, count, amount }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="bars-bar">
                <progress max={most} value={amount} aria-label={`${name}: ${money.format(amount)}`} />
              </td>
              <td className="bars-figure">{money.format(amount)}</td>
              <td className="bars-figure bars-soft">{count.toLocaleString(locale)} deals</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface Stage {
  readonly name: string
  readonly count: number
  readonly amount: number
}

async function readStages(tableId: string, signal: AbortSignal): Promise<readonly Stage[]> {
  const { groups } = await opsClient.rows.groups.query(
    {
      tableId,
      filter: { column: 'stage', op: 'is_none_of', value: ['Won', 'Lost'] },
      groupBy: [{ column: 'stage' }],
      aggregates: [{ column: 'amount', aggregate: 'sum' }],
    },
    { signal },
  )
  return groups.map(({ path: [stage], count, aggregates: [amount] }) => ({
    name: nameOf(String(stage)),
    count,
    amount: Number(amount),
  }))
}

const nameOf = (id: string) => id.charAt(0).toUpperCase() + id.slice(1)
