import { describe, expect, it } from 'vitest'
import { builtInRegistry } from './built-in-functions.ts'
import { compileFormulas } from './compile-formulas.ts'
import { affectedFormulas, describeCycle, orderFormulas } from './dependencies.ts'
import { createEvaluator } from './evaluate.ts'
import type { FormulaColumn } from './formula-column.ts'
import { planFormulas } from './plan-formulas.ts'
import { referencedColumns, shownSource, storedSource } from './references.ts'
import { checked, shown, testMoment } from './testing/formula-databases.ts'

const columns: readonly FormulaColumn[] = [
  { id: 'col_1', key: 'price', name: 'Price', type: 'number', cell: 'c1' },
  { id: 'col_2', key: 'full_name', name: 'Full } name', type: 'text', cell: 'c2' },
  { id: 'col_3', key: 'total', name: 'Total', type: 'number', cell: 'c3', errorCell: 'c3_s' },
]

describe('stored formulas', () => {
  const written = 'IF( @price>1, @{full }} name} & "@price", @{Price}) '

  it('hold ids, and are shown as they were written', () => {
    const stored = storedSource(written, columns)
    expect(stored).toEqual({ ok: true, value: 'IF( @<col_1>>1, @<{col_2}> & "@price", @<{col_1}>) ' })
    expect(stored.ok && shownSource(stored.value, columns)).toBe('IF( @price>1, @{Full }} name} & "@price", @{Price}) ')
    expect(stored.ok && referencedColumns(stored.value)).toEqual(['col_1', 'col_2'])
  })

  it('follow renames', () => {
    const renamed = columns.map((column) =>
      column.id === 'col_1' ? { ...column, key: 'net', name: 'Net price' } : column,
    )
    expect(shownSource('@<col_1> + @<{col_1}>', renamed)).toBe('@net + @{Net price}')
  })

  it('show a name that two columns have by its key', () => {
    const twice = [...columns, { id: 'col_9', key: 'price_2', name: 'PRICE' }]
    expect(shownSource('@<{col_1}>', twice)).toBe('@price')
  })

  it('show #REF! for a column that is gone, and give it', () => {
    expect(shownSource('@<col_7> + 1', columns)).toBe('#REF! + 1')
    const formula = checked('@<col_7> + @price', { columns })
    expect(formula.lostColumns).toEqual(['col_7'])
    expect(shown(createEvaluator(formula).evaluate({ col_1: 1 }, testMoment))).toBe('#REF!')
    expect(shown(createEvaluator(checked('IFERROR(#REF!, 7)')).evaluate({}, testMoment))).toBe(7)
  })

  it('are refused with the place of an unknown column', () => {
    expect(storedSource('1 + @prise', columns)).toEqual({
      ok: false,
      faults: [
        {
          start: 4,
          end: 10,
          message: 'There is no column @prise. Did you mean "price"?',
          expected: 'a column',
          suggestion: '@price',
        },
      ],
    })
  })
})

describe('the order of formulas', () => {
  const formula = (id: string, ...reads: readonly string[]) => ({ id, reads })

  it('puts each behind those it reads', () => {
    const order = orderFormulas([formula('c', 'b', 'x'), formula('a', 'x'), formula('b', 'a')])
    expect(order.ok && order.order.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })

  it('names the path of a circle', () => {
    const order = orderFormulas([formula('x', 'a'), formula('a', 'b'), formula('b', 'c'), formula('c', 'a')])
    expect(order).toEqual({ ok: false, cycle: ['a', 'b', 'c', 'a'] })
    expect(!order.ok && describeCycle(order.cycle, (id) => id.toUpperCase())).toBe(
      'A formula cannot use its own result: “A” → “B” → “C” → “A”.',
    )
    expect(orderFormulas([formula('a', 'a')])).toEqual({ ok: false, cycle: ['a', 'a'] })
  })

  it('takes chains longer than the call stack', () => {
    const chain = Array.from({ length: 50_000 }, (_, i) => formula(`f${i}`, `f${i + 1}`))
    const order = orderFormulas(chain)
    expect(order.ok && order.order[0]?.id).toBe('f49999')
  })

  it('finds what a change affects', () => {
    const order = [formula('a', 'x'), formula('b', 'a'), formula('c', 'y')]
    expect(affectedFormulas(['x'], order).map(({ id }) => id)).toEqual(['a', 'b'])
  })
})

describe('a plan of formulas', () => {
  const total = columns[2]
  const label: FormulaColumn = { id: 'col_4', key: 'label', name: 'Label', type: 'text', cell: 'c4', errorCell: 'c4_s' }
  const plain = columns.slice(0, 2)

  it('computes chains in one statement, each formula from the result before it', () => {
    if (total === undefined) throw new Error('no column')
    const plan = planFormulas(
      plain,
      [
        { column: label, stored: '@<col_2> & ": " & @<col_3>' },
        { column: total, stored: '@<col_1> * 2' },
      ],
      builtInRegistry,
    )
    expect(plan.map(({ id, faults }) => [id, faults])).toEqual([
      ['col_3', []],
      ['col_4', []],
    ])
    expect(compileFormulas(plan, testMoment).cells).toEqual(['c1', 'c2'])
  })

  it('turns a formula that no longer fits into an error value', () => {
    if (total === undefined) throw new Error('no column')
    const [planned] = planFormulas(plain, [{ column: total, stored: '@<col_2> * 2' }], builtInRegistry)
    expect(planned?.faults[0]?.message).toContain('VALUE reads a number from text')
    expect(planned && shown(createEvaluator(planned.formula).evaluate({}, testMoment))).toBe('#TYPE!')
    const [list] = planFormulas(plain, [{ column: total, stored: '[@<col_1>]' }], builtInRegistry)
    expect(list?.faults[0]?.message).toBe('The formula now gives a list of numbers; the column keeps a number.')
  })

  it('survives a circle that damage made', () => {
    if (total === undefined) throw new Error('no column')
    const plan = planFormulas(
      plain,
      [
        { column: total, stored: '@<col_3> + 1' },
        { column: label, stored: '@<col_2>' },
      ],
      builtInRegistry,
    )
    expect(plan.map(({ faults }) => faults.length)).toEqual([1, 0])
  })
})
