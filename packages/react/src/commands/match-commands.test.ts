import { describe, expect, it } from 'vitest'
import type { Command } from '../data/registries.ts'
import { matchCommands } from './match-commands.ts'

const command = (label: string, more: Partial<Command> = {}): Command => ({ id: label, label, run: () => {}, ...more })
const commands = [
  command('Undo'),
  command('Sort by Amount', { group: 'Columns' }),
  command('Delete column', { words: ['remove'] }),
  command('Group by Überschrift'),
]
const found = (search: string) => matchCommands(commands, search, 'en-US').map(({ label }) => label)

describe('matchCommands', () => {
  it('finds by the beginnings of words in any order, names before other words', () => {
    expect(found('am so')).toEqual(['Sort by Amount'])
    expect(found('col')).toEqual(['Delete column', 'Sort by Amount'])
    expect(found('rem')).toEqual(['Delete column'])
    expect(found('über')).toEqual(['Group by Überschrift'])
  })

  it('shows all where nothing is asked, and none where nothing fits', () => {
    expect(found('  ')).toHaveLength(4)
    expect(found('do')).toEqual([])
  })
})
