/**
 * The part of OpenTelemetry's `Tracer` that calls are told to: `trace.getTracer('opslayer')` of `@opentelemetry/api`
 * fits.
 */
export interface HttpTracer {
  startSpan(
    name: string,
    options: { readonly kind: number; readonly attributes: Readonly<Record<string, string | number>> },
  ): HttpSpan
}

interface HttpSpan {
  setAttributes(attributes: Readonly<Record<string, string | number>>): unknown
  setStatus(status: { readonly code: number; readonly message?: string }): unknown
  end(): void
}

/** What a span says of a request; the names are those of OpenTelemetry's conventions for HTTP. */
export interface SpanFacts {
  readonly method: string
  readonly host: string
  readonly route: string
  readonly attempt: number
  readonly pluginId: string
  readonly connectionId: string | null
  readonly runId: string | null
}

export interface SpanEnd {
  readonly status: number | null
  readonly error: string | null
}

export type StartSpan = (facts: SpanFacts) => { end(end: SpanEnd): void }

/** `SpanKind.CLIENT` and `SpanStatusCode.ERROR`. */
const client = 2
const failed = 2

export function spansOf(tracer: HttpTracer | undefined): StartSpan {
  if (tracer === undefined) return () => ({ end: () => {} })
  return (facts) => {
    const span = tracer.startSpan(`${facts.method} ${facts.route}`, {
      kind: client,
      attributes: {
        'http.request.method': facts.method,
        'server.address': facts.host,
        'url.template': facts.route,
        'opslayer.plugin': facts.pluginId,
        ...(facts.connectionId !== null && { 'opslayer.connection': facts.connectionId }),
        ...(facts.runId !== null && { 'opslayer.run': facts.runId }),
        ...(facts.attempt > 1 && { 'http.request.resend_count': facts.attempt - 1 }),
      },
    })
    return {
      end: ({ status, error }) => {
        if (status !== null) span.setAttributes({ 'http.response.status_code': status })
        if (error !== null) span.setAttributes({ 'error.type': error })
        if (error !== null || (status !== null && status >= 400)) span.setStatus({ code: failed })
        span.end()
      },
    }
  }
}
