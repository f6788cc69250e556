import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { workspaceRoot } from '../rooms/workspace-packages.ts'

/** Relative links of a Markdown file that lead nowhere. */
export function brokenLinks(path: string): string[] {
  const text = readFileSync(join(workspaceRoot, path), 'utf8')
  const targets = [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map(([, target = '']) => target)
  return targets.filter((target) => !existsSync(join(workspaceRoot, dirname(path), target)))
}
