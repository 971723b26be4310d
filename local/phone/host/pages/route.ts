/** Addresses of pages: `/pages/order/order?id=1`, or relative to the page that asks. */
export interface Route {
  path: string
  query: Record<string, string>
}

/** Values stay as they were written: WeChat does not decode them, a page that expects encoded text must. */
function parseQuery(text: string): Record<string, string> {
  const query: Record<string, string> = {}
  for (const pair of text.split('&')) {
    if (pair === '') continue
    const at = pair.indexOf('=')
    query[at < 0 ? pair : pair.slice(0, at)] = at < 0 ? '' : pair.slice(at + 1)
  }
  return query
}

export function parseRoute(url: string, from: string): Route {
  const [address = '', query = ''] = url.split('?')
  const path = address.startsWith('/') ? address.slice(1) : new URL(address, `http://app/${from}`).pathname.slice(1)
  return { path, query: parseQuery(query) }
}

export function routeUrl({ path, query }: Route): string {
  const text = Object.entries(query)
    .map(([key, value]) => `${key}=${value}`)
    .join('&')
  return text === '' ? path : `${path}?${text}`
}
