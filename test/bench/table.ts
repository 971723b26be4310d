import type { BenchReport } from './report'
import type { ByAction } from './trips/round-trips'

interface Row {
  what: string
  measured: string
  /** What it is to be held against: a goal, or what the same costs without. */
  baseline: string
}

/** Prints what was measured, the baselines beside. */
export function printTable(report: Partial<BenchReport>): void {
  const sections = [trips(report), race(report), offers(report), nearest(report), sweep(report), functions(report), packages(report), firstPage(report)]
  const { machine, node, at, seconds } = report
  for (const { title, rows } of sections) {
    if (rows.length === 0) continue
    console.log(`\n${title}`)
    const width = Math.max(...rows.map(({ what }) => what.length)) + 2
    const middle = Math.max(...rows.map(({ measured }) => measured.length)) + 2
    for (const { what, measured, baseline } of rows) console.log(`  ${what.padEnd(width)}${measured.padEnd(middle)}${baseline}`)
  }
  if (machine)
    console.log(`\n${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.platform}, Node ${node}, ${at}, ${seconds} s`)
  if (report.quick) console.log('--quick: smaller sizes, not to be compared')
}

interface Section {
  title: string
  rows: Row[]
}

/** How a figure grows from row to row: `1.20 × the row above`. */
const growth = (figure: number, before: number | undefined): string => (before === undefined ? '' : `${(figure / before).toFixed(2)} × the row above`)

const goal = (text: string): string => `goal ${text}`

function trips({ roundTrips, outboxTrips, actionOverBareTrips, bareTripMs, notCalled, calls }: Partial<BenchReport>): Section {
  const rows: Row[] = []
  const add = (what: string, values: ByAction | undefined, baseline: string): void => {
    if (!values) return
    const largest = Object.entries(values.byAction).sort(([, a], [, b]) => b - a)
    const top = largest.slice(0, 3).map(([name, value]) => `${name} ${value}`)
    rows.push({ what, measured: `median ${values.median}, max ${values.max}`, baseline: `${baseline}   largest: ${top.join(', ')}` })
  }
  add('round trips', roundTrips, goal('median ≤ 2, max ≤ 4'))
  add('outbox trips', outboxTrips, 'after the order is written, before the answer')
  add('action ÷ its bare trips', actionOverBareTrips, goal('≤ 2'))
  if (bareTripMs)
    rows.push({ what: 'a bare trip', measured: `read ${bareTripMs.read} ms, write ${bareTripMs.write} ms; four at once ${bareTripMs.fourReads} and ${bareTripMs.fourWrites} ms; a call elsewhere ${bareTripMs.call} ms`, baseline: `${calls} calls` })
  if (notCalled && notCalled.length > 0) rows.push({ what: 'not called', measured: notCalled.join(', '), baseline: '' })
  return { title: 'Round trips of every action', rows }
}

function race({ claimRace }: Partial<BenchReport>): Section {
  if (!claimRace) return { title: '', rows: [] }
  const { orders, contenders, minWinners, maxWinners, p50Ms, p99Ms, singleMs, p99OverSingle, claimsPerSecond } = claimRace
  const { functionP99Ms, functionSingleMs, functionP99OverSingle } = claimRace
  return {
    title: `Claim race: ${contenders} technicians on each of ${orders} orders`,
    rows: [
      { what: 'winners', measured: `${minWinners}–${maxWinners}`, baseline: goal('exactly 1') },
      { what: 'answer', measured: `p50 ${p50Ms} ms, p99 ${p99Ms} ms`, baseline: `one alone ${singleMs} ms; p99 is ${p99OverSingle} ×` },
      {
        what: 'in the function',
        measured: `p99 ${functionP99Ms} ms`,
        baseline: `one alone ${functionSingleMs} ms; p99 is ${functionP99OverSingle} ×`,
      },
      { what: 'throughput', measured: `${claimsPerSecond} claims a second`, baseline: '' },
      ...claimRace.growth.map(({ contenders: count, p99Ms: p99, functionP99Ms: inFunction, claimsPerSecond: perSecond, winners }, index) => ({
        what: `${count} at once`,
        measured: `p99 ${p99} ms, in the function ${inFunction} ms, ${perSecond} claims a second, winners ${winners.min}–${winners.max}`,
        baseline: growth(p99, claimRace.growth[index - 1]?.p99Ms),
      })),
    ],
  }
}

function offers({ fileToOffers = [] }: Partial<BenchReport>): Section {
  const [smallest] = fileToOffers
  return {
    title: 'Filing, from call to answer with offers stored',
    rows: fileToOffers.map(({ technicians, p50ms, p99ms, functionP50ms }) => ({
      what: `${technicians.toLocaleString('en')} technicians`,
      measured: `p50 ${p50ms} ms, p99 ${p99ms} ms, in the function ${functionP50ms} ms`,
      baseline: `${(p50ms / (smallest?.p50ms ?? Number.NaN)).toFixed(2)} × the smallest   ${goal('≤ 1.5')}`,
    })),
  }
}

function nearest({ nearestTwo: towns = [] }: Partial<BenchReport>): Section {
  return {
    title: `The nearest two, from asking to the chosen two, at ${towns[0]?.places ?? 0} places each`,
    rows: towns.map(({ technicians, productMs, productP99Ms, documents, scanMs, geokdbushMs, indexMs, equal }, index) => ({
      what: `${technicians.toLocaleString('en')} technicians`,
      measured: `p50 ${productMs} ms, p99 ${productP99Ms} ms, ${documents} documents read; answers ${equal ? 'equal' : 'NOT EQUAL'}`,
      baseline: `full scan ${scanMs} ms, geokdbush ${geokdbushMs} ms + ${indexMs} ms for its index   ${growth(productMs, towns[index - 1]?.productMs)}`,
    })),
  }
}

function sweep({ sweep: sizes = [] }: Partial<BenchReport>): Section {
  return {
    title: 'Deadlines due at once, swept',
    rows: sizes.map(({ due, seconds, runs, secondsWithTimer }, index) => ({
      what: `${due.toLocaleString('en')} due`,
      measured: `${seconds} s in ${runs} ${runs === 1 ? 'run' : `runs, ${secondsWithTimer} s with the timer`}`,
      baseline: `${((seconds * 1000) / due).toFixed(2)} ms each   ${goal('10,000 inside 60 s, linear')}   ${growth(seconds, sizes[index - 1]?.seconds)}`,
    })),
  }
}

function functions({ functions: costs = [] }: Partial<BenchReport>): Section {
  return {
    title: 'Functions',
    rows: costs.map(({ name, kb, requireMs, requireMsWithSdks }) => ({
      what: name,
      measured: `${kb} KB, loaded in ${requireMs} ms`,
      baseline: `with its SDKs ${requireMsWithSdks} ms   ${goal('≤ 300 KB, ≤ 150 ms')}`,
    })),
  }
}

function packages({ package: size }: Partial<BenchReport>): Section {
  if (!size) return { title: '', rows: [] }
  const kb: Record<string, number> = { main: size.mainKb, ...size.subpackages }
  return {
    title: 'Mini-program',
    rows: Object.entries(size.parts).map(([name, { scripts, templates, styles, other }]) => ({
      what: name,
      measured: `${kb[name] ?? 0} KB: scripts ${scripts}, templates ${templates}, styles ${styles}, other ${other}`,
      baseline: `uploaded ${size.uploadedKb[name] ?? 0} KB${name === 'main' ? `   ${goal('≤ 500 KB')}` : ''}`,
    })),
  }
}

const firstPage = ({ firstPageMs }: Partial<BenchReport>): Section => ({
  title: 'Browser',
  rows:
    firstPageMs === undefined
      ? []
      : [{ what: 'first page with data', measured: `${firstPageMs} ms`, baseline: 'from navigation, nothing kept' }],
})
