import { ExternalLink } from 'lucide'
import { useState } from 'react'
import type { ConnectMethod, OpsConnection, OpsPlugin } from '../data/client/plugins-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useConnectionMutations } from '../data/use-plugins.ts'
import { fieldFaults } from '../forms/field-faults.ts'
import { FormFields } from '../forms/form-fields.tsx'
import { type FormValues, filledValues, missingFields, startValues } from '../forms/form-values.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { Form } from '../ui/form.tsx'
import { Select } from '../ui/select.tsx'
import { useIsChanged, useUnsaved } from '../ui/unsaved.ts'

export interface ConnectFormProps {
  readonly plugin: OpsPlugin
  /** The connection that gets new credentials. @default a new one is made */
  readonly connection?: OpsConnection | undefined
  /** Called with the connection that works now. */
  onDone(connection: OpsConnection): void
}

/** Asks for credentials by the plugin's own form, or sends the browser to the vendor. They are tried before they are kept. */
export function ConnectForm({ plugin, connection, onDone }: ConnectFormProps) {
  const { translate } = useOpsContext()
  const first = plugin.methods.find(({ label }) => label === connection?.methodLabel) ?? plugin.methods[0]
  const [label, setLabel] = useState(first?.label ?? '')
  const method = plugin.methods.find((each) => each.label === label)
  if (method === undefined) return <p className="ops-soft">{translate('connect.nothing')}</p>
  return (
    <>
      {plugin.methods.length > 1 && connection === undefined ? (
        <Select
          label={translate('connect.method')}
          value={label}
          onChange={setLabel}
          choices={plugin.methods.map((each) => ({ value: each.label, label: each.label }))}
        />
      ) : null}
      <MethodForm key={label} plugin={plugin} method={method} connection={connection} onDone={onDone} />
    </>
  )
}

function MethodForm({ plugin, method, connection, onDone }: ConnectFormProps & { readonly method: ConnectMethod }) {
  const { translate } = useOpsContext()
  const { connect, reconnect, beginOAuth } = useConnectionMutations()
  const [values, setValues] = useState<FormValues>(() => startValues(method.form))
  const failed = connect.error ?? reconnect.error ?? beginOAuth.error
  const faults = fieldFaults(failed === null ? null : opsFault(failed), ['credentials'])
  const beside = faults.beside(...method.form.fields.map(({ key }) => [key]))
  const isBusy = connect.isPending || reconnect.isPending || beginOAuth.isPending
  const isOAuth = method.kind === 'oauth2'
  useUnsaved(useIsChanged(values))

  function submit(): void {
    const given = { method: method.label }
    if (isOAuth) {
      const again = connection === undefined ? {} : { connectionId: connection.id }
      beginOAuth.mutate({ plugin: plugin.id, ...given, ...again }, { onSuccess: ({ url }) => location.assign(url) })
      return
    }
    const credentials = filledValues(method.form, values) as Record<string, string | number | boolean>
    if (connection === undefined) connect.mutate({ plugin: plugin.id, ...given, credentials }, { onSuccess: onDone })
    else reconnect.mutate({ connectionId: connection.id, ...given, credentials }, { onSuccess: onDone })
  }

  return (
    <Form className="ops-column-form" onSubmit={submit}>
      <FormFields form={method.form} values={values} onChange={setValues} faults={faults} />
      {isOAuth ? <p className="ops-soft">{translate('connect.leaves', { name: plugin.name })}</p> : null}
      {beside === null ? null : (
        <p className="ops-report" data-kind="error" role="alert">
          {translate.said(beside)}
        </p>
      )}
      <div className="ops-run-buttons">
        <Button
          look="main"
          type="submit"
          isBusy={isBusy}
          disabled={missingFields(method.form, values).length > 0}
          {...(isOAuth && { icon: ExternalLink })}
        >
          {translate(connection === undefined ? 'connect.connect' : 'connect.reconnect')}
        </Button>
        {plugin.docsUrl === undefined ? null : (
          <a className="ops-link" href={plugin.docsUrl} target="_blank" rel="noreferrer">
            {translate('connect.docs', { name: plugin.name })}
          </a>
        )}
      </div>
    </Form>
  )
}
