/** What the vendor charges for. */
export interface SimulatorBill {
  readonly total: number
  readonly entries: readonly { readonly credits: number; readonly note: string }[]
  charge(credits: number, note: string): void
}

export function createBill(): SimulatorBill {
  const entries: { credits: number; note: string }[] = []
  return {
    get total() {
      return entries.reduce((sum, { credits }) => sum + credits, 0)
    },
    entries,
    charge: (credits, note) => void entries.push({ credits, note }),
  }
}
