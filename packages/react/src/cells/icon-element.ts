import type { IconNode } from 'lucide'

const svg = 'http://www.w3.org/2000/svg'

/** An icon of 14 px in the colour of the text, unseen by screen readers. */
export function iconElement(icon: IconNode, className = 'ops-icon'): SVGSVGElement {
  const element = document.createElementNS(svg, 'svg')
  const attributes = { viewBox: '0 0 24 24', class: className, 'aria-hidden': 'true' }
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  for (const [tag, shape] of icon) {
    const child = document.createElementNS(svg, tag)
    for (const [name, value] of Object.entries(shape)) if (value !== undefined) child.setAttribute(name, String(value))
    element.append(child)
  }
  return element
}
