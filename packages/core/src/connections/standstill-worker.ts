import { writeSync } from 'node:fs'
import { workerData } from 'node:worker_threads'

/** What the thread that watches another one is given. */
export interface StandstillWatch {
  /** A number that the watched thread changes while it lives. */
  readonly beats: SharedArrayBuffer
  readonly names: SharedArrayBuffer
  readonly afterMs: number
}

const { beats, names, afterMs } = workerData as StandstillWatch

/** Looks in `afterMs`: counted and not timed, so that a machine that was asleep is not taken for a thread that stands still. */
const looks = 10
const stderr = 2

let seen = -1
let missed = 0
setInterval(() => {
  const beat = Atomics.load(new Int32Array(beats), 0)
  missed = beat === seen ? missed + 1 : 0
  seen = beat
  if (missed < looks) return
  const length = Atomics.load(new Int32Array(names, 0, 1), 0)
  const called = new TextDecoder().decode(new Uint8Array(names, 4, length).slice())
  const told = called === '' ? 'No plugin was being called.' : `Being called: ${called}.`
  // Past the logger, which lives in the thread that stands still.
  writeSync(stderr, `opslayer: this process has stood still for ${afterMs} ms and is ended. ${told}\n`)
  process.kill(process.pid, 'SIGKILL')
}, afterMs / looks)
