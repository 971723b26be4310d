import { cpus, totalmem } from 'node:os'
import type { ClaimRace } from './dispatch/claim-race'
import type { FileToOffers } from './dispatch/file-to-offers'
import type { FunctionCost } from './functions'
import type { NearestTwo } from './nearest/nearest-two'
import type { PackageSize } from './package/size'
import type { Sweep } from './sweep'
import type { TripReport } from './trips/round-trips'

/** What `npm run bench -- --json` prints. Sizes in KB of 1,024 bytes, times in ms unless the name says otherwise. */
export interface BenchReport extends TripReport {
  claimRace: ClaimRace
  fileToOffers: FileToOffers[]
  nearestTwo: NearestTwo[]
  sweep: Sweep[]
  functions: FunctionCost[]
  package: PackageSize
  firstPageMs: number
  /** Smaller sizes, to see that it runs: not to be compared. */
  quick: boolean
  seconds: number
  machine: Machine
  node: string
  at: string
}

export interface Machine {
  cpu: string
  cores: number
  memoryGb: number
  platform: string
}

export function describeMachine(): Machine {
  const [first] = cpus()
  return {
    cpu: first?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    platform: `${process.platform} ${process.arch}`,
  }
}
