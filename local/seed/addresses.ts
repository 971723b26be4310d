import { sendJson } from '../cloud/http/exchange'
import type { Route } from '../cloud/http/server'
import { places } from './city'
import { people } from './people'

/** What phones and the workbench ask about the demonstration city: `GET /__people` (whose phones there are) and `GET /__places` (the map's named spots). */
export const cityAddresses: Route[] = [
  { method: 'GET', path: '/__people', serve: (exchange) => sendJson(exchange, 200, people) },
  { method: 'GET', path: '/__places', serve: (exchange) => sendJson(exchange, 200, places) },
]

/** The same addresses where there is no city: nobody and nowhere. */
export const emptyCityAddresses: Route[] = cityAddresses.map(({ method, path }) => ({
  method,
  path,
  serve: (exchange) => sendJson(exchange, 200, []),
}))
