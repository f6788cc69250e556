export interface SceneProps {
  readonly query: URLSearchParams
}

/** The direction that the query gives; without one that of the page. */
export function directionOf(query: URLSearchParams): { readonly direction?: 'ltr' | 'rtl' } {
  const direction = query.get('direction')
  return direction === 'ltr' || direction === 'rtl' ? { direction } : {}
}
