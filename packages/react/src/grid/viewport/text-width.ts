/** Advance widths at 13 px by letter class, rounded up: measuring 128 letters costs 12 to 18 ms at mount. */
const advances = Float32Array.from({ length: 128 }, (_, code) => {
  const letter = String.fromCharCode(code)
  if (/[mwMW@%]/.test(letter)) return 13.2
  if (/[A-Z&]/.test(letter)) return 10.4
  if (/[ijl.,:;|!'fIt ]/.test(letter)) return 5.4
  return 8.4
})

/**
 * Whether a text might not fit. Never wrong by saying no; saying yes too often only costs a clip on that cell, which is
 * what this spares all others.
 */
export function mayOverflow(text: string, widthPx: number): boolean {
  let px = 0
  for (let i = 0; i < text.length; i++) {
    px += advances[text.charCodeAt(i)] ?? 14
    if (px > widthPx) return true
  }
  return false
}
