/** What people may do with an order: what makes sense as it stands, in how many of so many cases; and now and then whatever comes to mind. */
import type { City } from './city'
import { HOUR, MINUTE } from './hours'
import { asked, isAgreed, moneyMissing } from './job'
import type { Job } from './job'
import { anybody, both, isWild, nth } from './step'
import type { Answers, Pick } from './step'
import type { Town } from './town'

/** Who does what to which order, as chance has it. */
export interface Chosen {
  town: Town
  city: City
  id: string
  who: Pick
  /** A number of quarters of an hour. */
  quarters: number
}

interface Deed {
  name: string
  weight: number
  /** Whether it makes sense. */
  makes(job: Job, now: number): boolean
  does(chosen: Chosen): Promise<Answers>
}

/** One of those it concerns, or anybody. */
const oneOf = (town: Town, concerned: readonly (string | null)[], which: Pick): string => {
  const people = concerned.filter((id) => id !== null)
  return people.length > 0 && !isWild(which) ? nth(people, which) : anybody(town, which)
}
const holder = ({ town, id, who }: Chosen): string => oneOf(town, who % 13 === 0 ? town.job(id).helpers : [town.job(id).holder], who)
const helper = ({ town, id, who }: Chosen): string => oneOf(town, who % 7 === 0 ? [town.job(id).holder] : town.job(id).helpers, who)
/** Staff, or whoever is in charge; now and then who only helps. */
const asker = (chosen: Chosen): string | null => (chosen.who % 2 === 0 ? null : chosen.who % 5 === 0 ? helper(chosen) : holder(chosen))
const invited = ({ town, id, who }: Chosen): string => oneOf(town, who % 5 === 0 ? [...town.job(id).offers.keys()] : asked(town.job(id)), who)

/** From now, or from the time that was agreed: later, and now and then earlier. */
const inQuarters = ({ town, quarters }: Chosen): number => town.now + quarters * 15 * MINUTE
const later = ({ town, id, who, quarters }: Chosen): number => (town.job(id).visitAt ?? town.now) + (isWild(who) ? -1 : 1) * quarters * 15 * MINUTE
/** A window that is now and then over before it is asked for. */
const wanted = (chosen: Chosen): [from: number, to: number] => {
  const from = isWild(chosen.who) ? chosen.town.now - 4 * HOUR : inQuarters(chosen)
  return [from, from + (1 + (chosen.who % 8)) * 15 * MINUTE]
}

const isOffered = ({ state }: Job): boolean => state === 'searching' || state === 'staff'
const isDialled = ({ state, call }: Job): boolean => state === 'claimed' && call!.dials.some((moment) => moment >= call!.countsFrom)
const isScheduled = ({ state }: Job): boolean => state === 'scheduled'
const isArrived = ({ state }: Job): boolean => state === 'arrived'
const hasDialledFromDoor = ({ state, arrivedAt, call, nobodyOpens, reachedAt }: Job): boolean => state === 'arrived' && (call!.dials.at(-1) ?? 0) > Math.max(arrivedAt!, nobodyOpens?.lastCall ?? reachedAt ?? 0)
const hasHelpers = ({ helpers }: Job): boolean => helpers.length > 0
const waits = ({ nobodyOpens }: Job): boolean => nobodyOpens !== null

const DEEDS: readonly Deed[] = [
  { name: 'claim', weight: 6, makes: isOffered, does: (it) => both(it.town, it.city, 'claim', invited(it), it.id) },
  { name: 'decline', weight: 2, makes: isOffered, does: (it) => both(it.town, it.city, 'decline', invited(it), it.id) },
  { name: 'assign', weight: 2, makes: ({ state }) => state === 'staff', does: (it) => both(it.town, it.city, 'assign', anybody(it.town, it.who), it.id) },
  { name: 'reassign', weight: 1, makes: ({ state }) => ['claimed', 'scheduled', 'parts', 'rebooking'].includes(state), does: (it) => both(it.town, it.city, 'assign', anybody(it.town, it.who), it.id) },
  { name: 'widen', weight: 3, makes: ({ state }) => state === 'staff', does: (it) => both(it.town, it.city, 'widen', it.id, 1.25 + (it.who % 4) / 2) },
  { name: 'cancel', weight: 1, makes: (_job, now) => (now / 1_000) % 7 === 0, does: (it) => both(it.town, it.city, 'cancel', it.id) },
  { name: 'give back', weight: 1, makes: ({ state }) => ['claimed', 'scheduled', 'parts'].includes(state), does: (it) => both(it.town, it.city, 'giveBack', holder(it), it.id) },
  { name: 'give back what is not paid', weight: 3, makes: ({ isStopped }) => isStopped, does: (it) => both(it.town, it.city, 'giveBack', holder(it), it.id) },
  { name: 'dial', weight: 6, makes: (job) => job.state === 'claimed' && !isDialled(job), does: (it) => both(it.town, it.city, 'dial', holder(it), it.id) },
  { name: 'dial again', weight: 1, makes: ({ state }) => state === 'claimed' || state === 'parts', does: (it) => both(it.town, it.city, 'dial', holder(it), it.id) },
  { name: 'agree', weight: 6, makes: isDialled, does: (it) => both(it.town, it.city, 'agree', holder(it), it.id, it.town.now + (it.quarters * 12 + (it.who % 12)) * MINUTE) },
  { name: 'no answer', weight: 2, makes: isDialled, does: (it) => both(it.town, it.city, 'noAnswer', holder(it), it.id) },
  { name: 'wrong number', weight: 1, makes: isDialled, does: (it) => both(it.town, it.city, 'wrongNumber', holder(it), it.id) },
  { name: 'correct the number', weight: 3, makes: ({ open }) => [...open.values()].some((kind) => kind === 'wrong_number' || kind === 'no_answer'), does: (it) => both(it.town, it.city, 'correctNumber', it.id) },
  { name: 'confirm the quote', weight: 2, makes: ({ quote }) => quote === 'sent', does: (it) => both(it.town, it.city, 'confirmQuote', it.id) },
  { name: 'decline the quote', weight: 1, makes: ({ quote }, now) => quote === 'sent' && (now / 1_000) % 3 === 0, does: (it) => both(it.town, it.city, 'declineQuote', it.id) },
  { name: 'quote', weight: 2, makes: ({ quote, holder: whose }) => quote === 'declined' && whose !== null, does: (it) => both(it.town, it.city, 'sendQuote', holder(it), it.id) },
  { name: 'pay', weight: 3, makes: ({ quote, unpaidBefore }) => quote === 'confirmed' && unpaidBefore !== null, does: (it) => both(it.town, it.city, 'pay', it.id) },
  { name: 'add a helper', weight: 2, makes: (job) => isAgreed(job) || isArrived(job), does: (it) => both(it.town, it.city, 'addHelper', asker(it), anybody(it.town, it.quarters + it.who), it.id) },
  { name: 'let a helper go', weight: 1, makes: hasHelpers, does: (it) => both(it.town, it.city, 'removeHelper', asker(it), helper(it), it.id) },
  { name: 'leave the crew', weight: 1, makes: hasHelpers, does: (it) => both(it.town, it.city, 'leaveCrew', helper(it), it.id) },
  { name: 'wait for parts', weight: 1, makes: (job) => isDialled(job) || isScheduled(job) || job.state === 'parts', does: (it) => both(it.town, it.city, 'waitForParts', holder(it), it.id, inQuarters(it) - (isWild(it.who) ? 4 * HOUR : 0)) },
  { name: 'parts came', weight: 3, makes: ({ state }) => state === 'parts', does: (it) => both(it.town, it.city, 'partsCame', it.id) },
  { name: 'tell a delay', weight: 3, makes: isAgreed, does: (it) => both(it.town, it.city, 'tellDelay', holder(it), it.id, later(it)) },
  { name: 'tell of a delay of ours', weight: 1, makes: isAgreed, does: (it) => both(it.town, it.city, 'tellOurDelay', it.id, later(it)) },
  { name: 'agree to the delay', weight: 3, makes: (job) => isAgreed(job) && job.delay !== null, does: (it) => both(it.town, it.city, 'agreeDelay', it.id, isWild(it.who) ? inQuarters(it) : (it.town.job(it.id).delay?.to ?? it.town.now)) },
  { name: 'move', weight: 1, makes: (job) => isAgreed(job) || waits(job), does: (it) => both(it.town, it.city, 'moveByHomeowner', it.id, inQuarters(it)) },
  { name: 'move by staff', weight: 1, makes: (job) => isAgreed(job) || isArrived(job), does: (it) => both(it.town, it.city, 'moveByStaff', it.id, inQuarters(it)) },
  { name: 'ask for another', weight: 3, makes: (job, now) => isAgreed(job) && ((job.delay !== null && !job.delay.answered) || now > job.visitAt!), does: (it) => both(it.town, it.city, 'askAnother', it.id, ...wanted(it)) },
  { name: 'set out', weight: 4, makes: isScheduled, does: (it) => both(it.town, it.city, 'setOut', holder(it), it.id) },
  { name: 'arrive', weight: 6, makes: ({ state }) => state === 'on_the_way', does: (it) => both(it.town, it.city, 'arrive', holder(it), it.id) },
  { name: 'dial from the door', weight: 6, makes: (job) => isArrived(job) && !hasDialledFromDoor(job), does: (it) => both(it.town, it.city, 'dial', holder(it), it.id) },
  { name: 'nobody answers', weight: 6, makes: hasDialledFromDoor, does: (it) => both(it.town, it.city, 'doorCall', holder(it), it.id, false) },
  { name: 'somebody answers', weight: 1, makes: hasDialledFromDoor, does: (it) => both(it.town, it.city, 'doorCall', holder(it), it.id, true) },
  { name: 'say “at home”', weight: 1, makes: (job) => isArrived(job) && waits(job), does: (it) => both(it.town, it.city, 'sayAtHome', it.id) },
  { name: 'leave the note', weight: 6, makes: ({ nobodyOpens }, now) => nobodyOpens !== null && now > nobodyOpens.noteFrom - HOUR / 4, does: (it) => both(it.town, it.city, 'leaveNote', holder(it), it.id) },
  { name: 'rebook', weight: 6, makes: ({ state }) => state === 'rebooking', does: (it) => both(it.town, it.city, 'rebook', it.id, ...wanted(it), it.who % 3 > 0) },
]

/** What somebody does with that order. */
export const deedFor = (job: Job, now: number, which: Pick, chance: Pick): Deed => {
  const sensible = isWild(which) ? [] : DEEDS.filter(({ makes }) => makes(job, now))
  return nth((sensible.length > 0 ? sensible : DEEDS).flatMap((deed) => Array.from({ length: deed.weight }, () => deed)), chance)
}

/** The next thing on the way to a closed door. */
export const nextToTheDoor = (job: Job): Deed | null => {
  const named = (name: string): Deed => DEEDS.find((deed) => deed.name === name)!
  if (isOffered(job)) return asked(job).length > 0 ? named('claim') : null
  if (job.state === 'claimed') return named(isDialled(job) ? 'agree' : 'dial')
  if (job.state === 'scheduled' && moneyMissing(job)) return named(job.quote === 'sent' ? 'confirm the quote' : job.quote === 'declined' ? 'quote' : 'pay')
  if (isAgreed(job)) return named(job.state === 'scheduled' ? 'set out' : 'arrive')
  if (isArrived(job)) return job.nobodyOpens ? null : named(hasDialledFromDoor(job) ? 'nobody answers' : 'dial from the door')
  return job.state === 'rebooking' ? named('rebook') : null
}
