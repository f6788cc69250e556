/** Finds the route that a request meets. */
export interface RouteTable<Route extends string> {
  match(method: string, path: string): { readonly route: Route; readonly params: Record<string, string> } | undefined
}

/** Routes without `:name` go before those with it. */
export function routeTable<Route extends string>(routes: readonly Route[]): RouteTable<Route> {
  const entries = routes
    .map((route) => {
      const [method = '', path = ''] = route.split(' ')
      return { route, method, segments: path.split('/'), variables: path.split('/:').length }
    })
    .sort((a, b) => a.variables - b.variables)
  return {
    match: (method, path) => {
      const segments = path.split('/')
      const found = entries.find(
        (entry) =>
          entry.method === method &&
          entry.segments.length === segments.length &&
          entry.segments.every((segment, place) =>
            segment.startsWith(':') ? segments[place] !== '' : segment === segments[place],
          ),
      )
      if (found === undefined) return undefined
      const params = found.segments.flatMap((segment, place) =>
        segment.startsWith(':') ? [[segment.slice(1), decoded(segments[place] ?? '')]] : [],
      )
      return { route: found.route, params: Object.fromEntries(params) }
    },
  }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
