import { useEffect, useRef } from 'react'
import type { OpsConnection, OpsPlugin } from '../data/client/plugins-calls.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { useHeldFocus } from '../ui/use-held-focus.ts'
import { ConnectionLine } from './connection-line.tsx'

export interface ConnectionsListProps {
  readonly connections: readonly OpsConnection[]
  readonly plugins: readonly OpsPlugin[]
  /** Id of the connection or the plugin that one comes back from: its button has the focus at first. */
  readonly cameFrom: string | null
  onConnect(plugin: OpsPlugin, connection?: OpsConnection): void
}

/** The connections that there are, and the plugins to make others of. */
export function ConnectionsList({ connections, plugins, cameFrom, onConnect }: ConnectionsListProps) {
  const { translate } = useOpsContext()
  const list = useRef<HTMLDivElement>(null)
  const heldFocus = useHeldFocus(list, 'button')
  // biome-ignore lint/correctness/useExhaustiveDependencies: only once one comes back
  useEffect(() => {
    if (cameFrom === null) return
    const of = `[data-of="${CSS.escape(cameFrom)}"]`
    list.current?.querySelector<HTMLElement>(`button${of}, ${of} button`)?.focus()
  }, [])
  return (
    <div ref={list} className="ops-work" {...heldFocus}>
      {connections.length === 0 ? (
        <p className="ops-soft">{translate('connect.none')}</p>
      ) : (
        <ul className="ops-connections">
          {connections.map((connection) => {
            const plugin = plugins.find(({ id }) => id === connection.plugin)
            return (
              <ConnectionLine
                key={connection.id}
                connection={connection}
                plugin={plugin}
                onReconnect={() => plugin !== undefined && onConnect(plugin, connection)}
              />
            )
          })}
        </ul>
      )}
      <fieldset className="ops-group-field">
        <legend className="ops-field-label">{translate('connect.new')}</legend>
        <div className="ops-ways">
          {plugins
            .filter(({ methods }) => methods.length > 0)
            .map((plugin) => (
              <button
                key={plugin.id}
                type="button"
                className="ops-way"
                data-of={plugin.id}
                onClick={() => onConnect(plugin)}
              >
                <span>{translate('connect.to', { name: plugin.name })}</span>
              </button>
            ))}
        </div>
      </fieldset>
    </div>
  )
}
