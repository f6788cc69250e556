import { readFile } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'
import { expect, it } from 'vitest'

const importOf = /^(?:import|export) (?!type )[^'"]*?from '([^']+)'|^import '([^']+)'/gm

/** Files and packages that a file pulls in, at however many removes; types are gone by then. */
async function pulledIn(file: string, seen = new Set<string>()): Promise<ReadonlySet<string>> {
  if (seen.has(file)) return seen
  seen.add(file)
  const text = await readFile(file, 'utf8')
  for (const [, from, alone] of text.matchAll(importOf)) {
    const target = from ?? alone ?? ''
    if (target.startsWith('.')) await pulledIn(resolve(dirname(file), target), seen)
    else seen.add(target)
  }
  return seen
}

it('runs in browsers: nothing of Node, of databases or of SQL builders comes with it', async () => {
  const all = await pulledIn(resolve(import.meta.dirname, 'index.ts'))
  const packages = [...all].filter((each) => !each.startsWith('/'))
  expect(packages.sort()).toEqual(['expr-eval', 'libphonenumber-js/min', 'tldts', 'zod'])
  const rooms = [...all].map((each) => relative(resolve(import.meta.dirname, '..'), each).split('/')[0])
  expect(rooms.filter((room) => ['db', 'store', 'catalog'].includes(room ?? ''))).toEqual([])
})
