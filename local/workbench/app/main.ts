/** The workbench: four phones, the staff's console, the clock, the inbox and the city, on one page that stays up to date by itself. */
import type { Order } from '../../../cloudfunctions/domain/order'
import { movedNow, onClockMove, setClock } from '../../phone/host/clock'
import { listenToWorkplace } from '../../phone/host/workplace-line'
import type { City, Part } from './city'
import { CityFeed } from './city'
import { ClockBar } from './clock-bar'
import { ConsolePanel } from './console/console-panel'
import { redraw, requiredElement } from './dom'
import { Inbox } from './inbox'
import { CityMap } from './map/city-map'
import { legend } from './map/legend'
import { isAtRest } from './map/order-mark'
import { PhoneWall } from './phones/phone-wall'
import { TodoPanel } from './todo-panel'
import { WhyPanel } from './why-panel'
import { moveClock, readClock, WorkplaceError } from './workplace'

/** How often what depends on the time alone is drawn anew, and how often the workplace is asked whether it is still there, ms. */
const REDRAW_MS = 10_000
const LISTEN_CHECK_MS = 15_000
const TICK_MS = 1_000

const notice = requiredElement('notice')
const problems = new Map<string, string>()

/** Says what is wrong above the bench until it is right again. */
function tell(about: string, problem: string | null): void {
  if (problem === null) problems.delete(about)
  else problems.set(about, problem)
  const text = [...new Set(problems.values())].join('；')
  if (notice.textContent !== text) notice.textContent = text
  notice.hidden = text === ''
}

const feed = new CityFeed((problem) => tell('reach', problem))
const { city } = feed
const phones = new PhoneWall(requiredElement('phones'), () => selectedOrder(city)?.place ?? null)
const inbox = new Inbox(requiredElement('inbox'))
const clock = new ClockBar(requiredElement('clock'), async (move) => {
  try {
    await moveClock(move)
    tell('clock', null)
  } catch (error) {
    if (!(error instanceof WorkplaceError)) throw error
    tell('clock', error.message)
  }
})
let chosen: string | null = null
/** The order that was chosen; else the newest that is not at rest, else the newest. */
const selectedOrder = ({ orders }: City): Order | null =>
  orders.find(({ _id }) => _id === chosen) ?? orders.find((order) => !isAtRest(order)) ?? orders[0] ?? null
const choose = (orderId: string): void => {
  chosen = orderId
  drawCity()
  drawWhy()
}
const map = new CityMap(requiredElement('map'), choose)
const why = new WhyPanel(requiredElement('why'), choose)
const todos = new TodoPanel(requiredElement('todos'), {
  onChoose: choose,
  onSettle: (todo, action) => void staffConsole.settle(todo, action),
  wordsOf: (action) => staffConsole.wordsOf(action),
})
/** The first named place, without its name. */
const spotInTown = ({ places: [place] }: City) => (place ? { longitude: place.longitude, latitude: place.latitude } : null)
const staffConsole = new ConsolePanel(requiredElement('console'), requiredElement('usual'), {
  blanks: () => {
    const order = selectedOrder(city)
    return { order: order && { id: order._id, number: order.number }, spot: spotInTown(city) }
  },
  onLearned: () => todos.show(city),
})

const now = (): Date => new Date(movedNow())

function drawCity(): void {
  map.show(city, { selectedOrder: selectedOrder(city)?._id ?? null, now: now() })
}

function drawWhy(): void {
  why.show(city, selectedOrder(city), now())
}

function drawFacts(): void {
  const place = city.places.length > 0 ? '演示城 临江市江湾区' : '空城'
  requiredElement('facts').textContent = [place, `师傅 ${city.technicians.length} 位`, `工单 ${city.orders.length} 张`].join(' · ')
}

const drawing: [parts: readonly Part[], draw: () => void][] = [
  [['technicians', 'orders', 'places'], drawCity],
  [['technicians', 'orders', 'credits', 'inbox'], drawWhy],
  [['technicians', 'orders', 'places'], drawFacts],
  [['inbox', 'sent', 'people', 'templates'], () => inbox.show(city, now())],
  [['todos', 'orders'], () => todos.show(city)],
  [['people', 'technicians', 'credits'], () => phones.describe(city)],
  [['nextWork'], () => clock.showNext(city.nextWork)],
  [['night'], () => clock.showNight(city.night)],
]

function drawWithTime(): void {
  drawCity()
  drawWhy()
  inbox.show(city, now())
  clock.showNext(city.nextWork)
}

async function followClock(): Promise<void> {
  const { now: at, frozen = false } = await readClock()
  setClock(Date.parse(at), frozen)
}

async function start(): Promise<void> {
  redraw(requiredElement('legend'), ...legend())
  for (const [parts, draw] of drawing) feed.watch(parts, draw)
  onClockMove(() => {
    clock.tick()
    drawWithTime()
  })
  listenToWorkplace((event) => {
    if (event.type === 'clock') setClock(Date.parse(String(event.now)), event.frozen === true)
    if (event.type === 'database' && Array.isArray(event.collections)) feed.collectionsChanged(event.collections.map(String))
    if (event.type === 'message') void feed.read('sent')
    // A trade is there to be paid from the moment that it is ordered; only what becomes of it is told as a payment.
    if (
      event.type === 'payment' ||
      (event.type === 'database' && Array.isArray(event.collections) && event.collections.includes('payments'))
    )
      staffConsole.refresh()
  })
  await Promise.all([followClock().catch(() => undefined), feed.readAll()])
  await phones.start(city)
}

setInterval(drawWithTime, REDRAW_MS)
setInterval(() => map.tick(now()), TICK_MS)
setInterval(() => {
  // After an outage everything is read anew: what changed meanwhile was not told.
  const wasAway = problems.has('reach')
  void followClock()
    .then(() => (wasAway ? feed.readAll() : undefined))
    .catch((error: unknown) => tell('reach', error instanceof Error ? error.message : String(error)))
}, LISTEN_CHECK_MS)

void start()
