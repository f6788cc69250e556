/** Finds out how punctual a process can be on this machine, now. */
export interface Metronome {
  /** The part of its beats that were not later than a call of ten a second may be. */
  onTime(): number
}

const beatMs = 100
const lateMs = 35

export function startMetronome(): Metronome {
  let [beats, late] = [0, 0]
  let due = performance.now() + beatMs
  const beat = (): void => {
    beats += 1
    if (performance.now() > due + lateMs) late += 1
    due = performance.now() + beatMs
    setTimeout(beat, beatMs).unref()
  }
  setTimeout(beat, beatMs).unref()
  return { onTime: () => (beats === 0 ? 1 : (beats - late) / beats) }
}
