import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.css') && name !== 'styles.css')
const read = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '')

/** The selectors of a sheet, one by one; what begins with @ is none, and so are the steps of a movement. */
function selectors(css: string): readonly string[] {
  const blocks = [...css.matchAll(/([^{};]+)\{/g)].map(([, before = '']) => before.trim())
  const rules = blocks.filter((block) => !block.startsWith('@') && !/^(from|to|[\d.]+%)/.test(block))
  // Commas inside of `:is(…)` part no selectors.
  return rules.flatMap((rule) => rule.split(/,(?![^(]*\))/).map((part) => part.trim()))
}

describe.each(files)('%s', (name) => {
  const css = read(name)

  it('reaches nothing of the host', () => {
    expect(selectors(css).filter((selector) => !/\.ops-|^\[data-theme/.test(selector))).toEqual([])
    expect(css.trim()).toMatch(/^@layer opslayer \{[\s\S]*\}$/)
  })

  it('sets none of the variables that are for hosts to set', () => {
    expect([...css.matchAll(/^\s*(--ops-[\w-]+):/gm)].map(([, variable]) => variable)).toEqual([])
  })
})

describe('the style sheet', () => {
  it('is made of all of them', () => {
    const imported = [...read('styles.css').matchAll(/"\.\/([\w-]+\.css)"/g)].map(([, name]) => name)
    expect(imported.toSorted()).toEqual(files.toSorted())
  })

  it('gives no class of one part to another', () => {
    const owners = Map.groupBy(
      files.flatMap((name) =>
        // What stands alone is what a part is made of; others only set parts of theirs in places of their own.
        selectors(read(name)).flatMap((selector) => (/^\.ops-[\w-]+$/.test(selector) ? [{ name, selector }] : [])),
      ),
      ({ selector }) => selector,
    )
    const shared = [...owners].flatMap(([selector, from]) => {
      const names = new Set(from.map(({ name }) => name))
      return names.size > 1 ? [`${selector}: ${[...names].join(', ')}`] : []
    })
    expect(shared).toEqual([])
  })
})
