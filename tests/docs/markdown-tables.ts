import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { workspaceRoot } from '../rooms/workspace-packages.ts'

/** Rows of all tables in a Markdown file, as the words that each cell sets as code. */
export function tableRows(path: string): string[][][] {
  const text = readFileSync(join(workspaceRoot, path), 'utf8')
  return [...text.matchAll(/^\| (.*) \|$/gm)].map(([, row = '']) => row.split('|').map(codeWords))
}

function codeWords(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word)
}
